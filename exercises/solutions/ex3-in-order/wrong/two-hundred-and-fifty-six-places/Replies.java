package course.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The replies to one connection's messages: whoever puts in the next one sends all that are in. */
final class Replies {
  private static final int SIZE = 256; // more than a client has in flight

  private final Handler handler;
  private final Client client; // guarded by this
  private final String[] ready = new String[SIZE]; // guarded by this
  private int next; // the first that is not sent; guarded by this
  private final List<Thread> handlers = new ArrayList<>(); // the connection's thread's alone

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    int number = handlers.size();
    handlers.add(Thread.ofVirtual().start(() -> put(number, reply(message))));
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  void awaitAll() throws InterruptedException {
    for (Thread each : handlers) {
      each.join();
    }
  }

  private synchronized void put(int number, String reply) {
    ready[number % SIZE] = reply;
    while (ready[next % SIZE] != null) {
      try {
        client.send(ready[next % SIZE]);
      } catch (IOException e) {
        // The client is gone: nobody waits for this reply.
      }
      ready[next % SIZE] = null;
      next++;
    }
  }

  private String reply(String message) {
    try {
      return handler.handle(message);
    } catch (Exception e) { // costs this message its reply, and the others nothing
      System.err.println("server: cannot handle " + message + ": " + e);
      return "ERROR";
    } finally {
      Thread.interrupted(); // if the handler left that, it must not be the sender's
    }
  }
}

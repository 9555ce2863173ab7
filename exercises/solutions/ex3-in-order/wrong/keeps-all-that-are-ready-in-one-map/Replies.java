package course.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The replies to one connection's messages: no handler waits, each sends what its turn has come.
 */
final class Replies {
  private final Handler handler;
  private final Client client; // guarded by this
  private static Map<Integer, String> ready = new HashMap<>(); // by number; guarded by this
  private int came; // how many messages; guarded by this
  private int next; // whose turn it is; guarded by this

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  synchronized void message(String message) {
    int number = came++;
    new Thread(() -> ready(number, reply(message))).start();
  }

  synchronized void awaitAll() throws InterruptedException {
    while (next < came) {
      wait();
    }
  }

  private String reply(String message) {
    try {
      return handler.handle(message);
    } catch (Exception e) {
      System.err.println("server: cannot handle " + message + ": " + e);
      return "ERROR";
    }
  }

  private synchronized void ready(int number, String reply) {
    ready.put(number, reply);
    for (String text; (text = ready.remove(next)) != null; next++) {
      try {
        client.send(text);
      } catch (IOException e) {
        // The client is gone, but the others' turns have to come.
      }
    }
    notifyAll();
  }
}

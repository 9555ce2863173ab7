package course.server;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The replies to one connection's messages. Each message gets a handler thread of its own. */
final class Replies {
  private final Handler handler;
  private final Client client; // guarded by replying: two replies must not mix
  private final ReentrantLock replying = new ReentrantLock();
  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet(); // one a message in flight

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    Thread thread = Thread.ofVirtual().unstarted(() -> handle(message));
    handlers.add(thread); // before it starts, or it could end and never be removed
    thread.start();
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  void awaitAll() throws InterruptedException {
    for (Thread thread : handlers) {
      thread.join();
    }
  }

  private void handle(String message) {
    try {
      String reply = handler.handle(message); // TODO: and if it throws an exception?
      // TODO: whoever is ready first replies first. Whose turn is it?
      replying.lock();
      try {
        client.send(reply);
      } finally {
        replying.unlock();
      }
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    } catch (Exception e) {
      System.err.println("server: no reply to " + message + ": " + e);
    } finally {
      handlers.remove(Thread.currentThread());
    }
  }
}

package course.server;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The replies to one connection's messages. Each message gets a handler thread of its own. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet(); // one a message in flight
  private final Map<Long, Thread> waiting = new ConcurrentHashMap<>(); // number -> its thread
  private final AtomicLong turn = new AtomicLong();
  private long messages; // only the connection's thread uses it

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    long number = messages++;
    Thread thread = Thread.ofVirtual().unstarted(() -> handle(message, number));
    handlers.add(thread);
    thread.start();
  }

  void awaitAll() throws InterruptedException {
    for (Thread thread : handlers) {
      thread.join();
    }
  }

  private void handle(String message, long number) {
    try {
      String reply;
      try {
        reply = handler.handle(message);
      } catch (Exception e) {
        reply = "ERROR";
      }
      waiting.put(number, Thread.currentThread()); // before looking at turn
      while (turn.get() != number) { // park doesn't throw, an interrupt can't do any harm
        LockSupport.park(this);
      }
      waiting.remove(number);
      try {
        client.send(reply);
      } catch (IOException e) {
        // The client is gone: nobody waits for this reply.
      } finally {
        turn.set(number + 1);
        LockSupport.unpark(waiting.get(number + 1));
      }
    } finally {
      handlers.remove(Thread.currentThread());
    }
  }
}

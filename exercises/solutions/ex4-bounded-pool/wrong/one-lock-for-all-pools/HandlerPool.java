package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A lock, a queue, a number and a flag. */
final class HandlerPool implements AutoCloseable {
  private static final Object LOCK = new Object();

  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by LOCK
  private final List<Thread> handlers = new ArrayList<>();
  private final int limit;
  private int inPool; // guarded by LOCK
  private boolean closed; // guarded by LOCK

  HandlerPool(int size, int queue) {
    limit = size + queue;
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  boolean handOff(Runnable message) {
    synchronized (LOCK) {
      if (closed || inPool == limit) {
        return false;
      }
      inPool++;
      waiting.add(message);
      LOCK.notify();
      return true;
    }
  }

  private Runnable next() throws InterruptedException {
    synchronized (LOCK) {
      while (waiting.isEmpty() && !closed) {
        LOCK.wait();
      }
      return waiting.poll();
    }
  }

  private void handleAll() {
    try {
      for (Runnable message; (message = next()) != null; ) {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        } finally {
          synchronized (LOCK) {
            inPool--;
          }
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts handlers.
    }
  }

  @Override
  public void close() {
    synchronized (LOCK) {
      closed = true;
      LOCK.notifyAll();
    }
    try {
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

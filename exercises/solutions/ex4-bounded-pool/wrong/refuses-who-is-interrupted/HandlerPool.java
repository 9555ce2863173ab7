package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The server's handlers. A fair semaphore counts the places. */
final class HandlerPool implements AutoCloseable {
  private final Semaphore places;
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by itself
  private boolean closed; // guarded by waiting
  private final List<Thread> handlers = new ArrayList<>();

  HandlerPool(int size, int queue) {
    places = new Semaphore(size + queue, true);
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  boolean handOff(Runnable message) {
    try {
      // The plain tryAcquire() would ignore the fairness; see its Javadoc.
      if (!places.tryAcquire(0, TimeUnit.SECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    synchronized (waiting) {
      if (closed) {
        places.release();
        return false;
      }
      waiting.add(message);
      waiting.notify();
      return true;
    }
  }

  private void handleAll() {
    for (Runnable message; (message = next()) != null; ) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: a message failed: " + e.getClass().getName());
      } finally {
        places.release();
      }
    }
  }

  private Runnable next() {
    synchronized (waiting) {
      while (waiting.isEmpty() && !closed) {
        try {
          waiting.wait();
        } catch (InterruptedException e) {
          // nobody does
        }
      }
      return waiting.poll();
    }
  }

  @Override
  public void close() {
    synchronized (waiting) {
      closed = true;
      waiting.notifyAll();
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

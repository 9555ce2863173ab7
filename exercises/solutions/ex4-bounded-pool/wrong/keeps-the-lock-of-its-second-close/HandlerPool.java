package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One lock, and a condition for the handlers. */
final class HandlerPool implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmptyOrClosed = lock.newCondition();
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by lock
  private int inPool; // guarded by lock
  private boolean closed; // guarded by lock
  private final long limit;
  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor

  HandlerPool(int size, int queue) {
    limit = (long) size + queue;
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofPlatform().daemon().name("handler " + n).start(this::handleAll));
    }
  }

  boolean handOff(Runnable message) {
    lock.lock();
    try {
      if (closed || inPool >= limit) {
        return false;
      }
      inPool++;
      waiting.add(message);
      notEmptyOrClosed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Runnable take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        notEmptyOrClosed.awaitUninterruptibly();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private void ended() {
    lock.lock();
    try {
      inPool--;
    } finally {
      lock.unlock();
    }
  }

  private void handleAll() {
    for (Runnable message; (message = take()) != null; ) {
      try {
        message.run();
      } catch (RuntimeException e) {
        report(e);
      } finally {
        ended();
      }
    }
  }

  private static void report(RuntimeException e) {
    System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
  }

  @Override
  public void close() {
    lock.lock();
    if (closed) {
      return;
    }
    try {
      closed = true;
      notEmptyOrClosed.signalAll();
    } finally {
      lock.unlock();
    }
    awaitHandlers();
  }

  private void awaitHandlers() {
    try {
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

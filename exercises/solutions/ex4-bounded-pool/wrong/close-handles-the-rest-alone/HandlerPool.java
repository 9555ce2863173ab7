package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

final class HandlerPool implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final List<Thread> handlers = new ArrayList<>();
  private final long limit;
  private int inPool;
  private boolean closed;

  HandlerPool(int size, int queue) {
    limit = (long) size + queue;
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
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
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void handleAll() {
    while (true) {
      Runnable message;
      lock.lock();
      try {
        while (waiting.isEmpty() && !closed) {
          changed.awaitUninterruptibly();
        }
        if (closed) {
          return;
        }
        message = waiting.remove();
      } finally {
        lock.unlock();
      }
      handle(message);
      lock.lock();
      try {
        inPool--;
      } finally {
        lock.unlock();
      }
    }
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) { // costs one reply; the handler lives, or the pool would shrink
      String name = Thread.currentThread().getName();
      System.err.println("server: " + name + " failed: " + e.getClass().getName());
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    handlers.forEach(HandlerPool::join);
    // All handlers have gone and nothing is added any more: no lock needed for the rest.
    for (Runnable message; (message = waiting.poll()) != null; ) {
      handle(message);
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

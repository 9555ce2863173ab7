package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One lock; each idle handler has a condition of its own, the hand-offs have one together. */
final class HandlerPool implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition free = lock.newCondition();
  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;

  // guarded by lock
  private final Deque<Handler> idle = new ArrayDeque<>(); // the last one back is taken first
  private int waiting; // hand-offs that wait for a handler
  private final List<Thread> started = new ArrayList<>();
  private int handlers;
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    lock.lock();
    try {
      for (int n = 1; n <= minimum; n++) {
        this.idle.push(start(null));
      }
    } finally {
      lock.unlock();
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (full()) {
        waiting++;
        free.await();
        waiting--;
      }
      give(message);
    } finally {
      lock.unlock();
    }
  }

  private boolean full() {
    return idle.isEmpty() && handlers == maximum;
  }

  private void give(Runnable message) {
    Handler handler = idle.poll();
    if (handler == null) {
      start(message);
    } else {
      handler.message = message;
      handler.given.signal();
    }
  }

  private Handler start(Runnable first) {
    var handler = new Handler(first);
    Thread thread = threads.newThread(handler);
    thread.start();
    handlers++;
    started.removeIf(t -> t.getState() == Thread.State.TERMINATED);
    started.add(thread);
    return handler;
  }

  private final class Handler implements Runnable {
    final Condition given = lock.newCondition();
    Runnable message; // guarded by lock; null while idle

    Handler(Runnable first) {
      message = first;
    }

    @Override
    public void run() {
      lock.lock();
      try {
        while (awaitMessage()) {
          Runnable mine = message;
          lock.unlock();
          try {
            handle(mine);
          } finally {
            lock.lock();
          }
          message = null;
          idle.push(this);
          free.signal();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean awaitMessage() {
      long end = System.nanoTime() + idleNanos;
      while (message == null) {
        if (closed) {
          return false;
        }
        long left = end - System.nanoTime();
        if (left > 0) {
          try {
            given.awaitNanos(left);
          } catch (InterruptedException e) {
            // look again
          }
        } else if (handlers > minimum && waiting == 0) { // no use to go while somebody waits
          idle.remove(this);
          handlers--;
          return false;
        } else {
          given.awaitUninterruptibly();
        }
      }
      return true;
    }
  }

  private static void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    }
    Thread.interrupted();
  }

  @Override
  public void close() {
    List<Thread> all;
    lock.lock();
    try {
      closed = true;
      idle.forEach(handler -> handler.given.signal());
      all = List.copyOf(started);
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (int n = 0; n < all.size(); ) {
      try {
        all.get(n).join();
        n++;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

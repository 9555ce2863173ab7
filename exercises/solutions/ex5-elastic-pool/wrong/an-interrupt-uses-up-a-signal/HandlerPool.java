package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The server's handlers: one lock, and two conditions to wait for. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition work = lock.newCondition(); // handlers wait
  private final Condition room = lock.newCondition(); // hand-offs wait
  private final Queue<Runnable> messages = new ArrayDeque<>();
  private final List<Thread> started = new ArrayList<>();
  private int inPool;
  private int handlers;
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    lock.lock();
    try {
      while (handlers < minimum) {
        startHandler();
      }
    } finally {
      lock.unlock();
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inPool == maximum) {
        room.await();
        if (Thread.interrupted()) { // await may return with it, too
          throw new InterruptedException();
        }
      }
      inPool++;
      messages.add(message);
      if (inPool > handlers) {
        startHandler();
      } else {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startHandler() {
    started.removeIf(thread -> !thread.isAlive());
    Thread handler = threads.newThread(this::live);
    started.add(handler);
    handlers++;
    handler.start();
  }

  private void live() {
    Runnable message = next(false);
    while (message != null) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: a message failed: " + e.getClass().getName());
      }
      Thread.interrupted();
      message = next(true);
    }
  }

  /** Gives back what a message held, and takes the next one; null: the end of this handler. */
  private Runnable next(boolean back) {
    lock.lock();
    try {
      if (back) {
        inPool--;
        room.signal();
      }
      long deadline = System.nanoTime() + idleNanos;
      while (messages.isEmpty()) {
        long left = deadline - System.nanoTime();
        if (closed || handlers > minimum && left <= 0) {
          handlers--;
          return null;
        }
        if (handlers > minimum) {
          try {
            work.await(left, TimeUnit.NANOSECONDS);
          } catch (InterruptedException e) {
            // Nobody means this; look again.
          }
        } else {
          work.awaitUninterruptibly();
        }
      }
      return messages.remove();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<Thread> all;
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      all = new ArrayList<>(started);
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

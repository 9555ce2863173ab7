package course.server;

import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition notEmpty = lock.newCondition();
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final List<Thread> made = new ArrayList<>();
  private int handlers;
  private int inPool;
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    lock.lock();
    try {
      for (int n = 1; n <= minimum; n++) {
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
        notFull.await();
      }
      inPool++;
      queue.add(message);
      if (inPool > handlers) {
        startHandler();
      } else {
        notEmpty.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startHandler() {
    handlers++;
    Thread thread = threads.newThread(this::handleAll);
    made.add(thread);
    thread.start();
  }

  private void handleAll() {
    for (Runnable message; (message = next()) != null; ) {
      handle(message);
      lock.lock();
      try {
        if (inPool-- == maximum) { // else nobody waits
          notFull.signal();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private Runnable next() {
    long since = System.nanoTime();
    lock.lock();
    try {
      while (queue.isEmpty()) {
        long left = idleNanos - (System.nanoTime() - since);
        if (closed || (handlers > minimum && left <= 0)) {
          handlers--;
          return null;
        }
        try {
          if (handlers > minimum) {
            notEmpty.awaitNanos(left);
          } else {
            notEmpty.await();
          }
        } catch (InterruptedException e) {
          // looks again
        }
      }
      return queue.remove();
    } finally {
      lock.unlock();
    }
  }

  private static void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) { // costs one reply
      System.err.println(
          "server: " + Thread.currentThread().getName() + " failed: " + e.getClass().getName());
    }
  }

  @Override
  public void close() {
    List<Thread> all;
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      all = List.copyOf(made);
    } finally {
      lock.unlock();
    }
    joinAll(all);
  }

  private static void joinAll(Collection<Thread> all) {
    boolean interrupted = false;
    for (Thread thread : all) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

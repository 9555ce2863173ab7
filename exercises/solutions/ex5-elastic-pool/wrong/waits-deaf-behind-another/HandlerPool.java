package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The server's handlers, between a minimum and a maximum. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;

  /** Hand-offs pass one by one, in their order; the one inside may wait for room. */
  private final ReentrantLock turnstile = new ReentrantLock(true);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition(); // at most one hand-off waits
  private final Condition work = lock.newCondition(); // handlers wait

  // All of these are guarded by lock.
  private final Queue<Runnable> messages = new ArrayDeque<>();
  private final List<Thread> all = new ArrayList<>();
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
      for (int n = 0; n < minimum; n++) {
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    turnstile.lock();
    try {
      lock.lock();
      try {
        while (inPool == maximum) {
          room.await();
        }
        messages.add(message);
        if (++inPool > handlers) {
          start();
        } else {
          work.signal();
        }
      } finally {
        lock.unlock();
      }
    } finally {
      turnstile.unlock();
    }
  }

  private void start() {
    all.removeIf(t -> t.getState() == Thread.State.TERMINATED);
    Thread thread = threads.newThread(this::live);
    all.add(thread);
    handlers++;
    thread.start();
  }

  private void live() {
    Runnable message = next();
    while (message != null) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
      } finally {
        finished();
      }
      message = next();
    }
  }

  private void finished() {
    lock.lock();
    try {
      inPool--;
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  private Runnable next() {
    lock.lock();
    try {
      long deadline = System.nanoTime() + idleNanos;
      while (messages.isEmpty()) {
        if (closed) {
          handlers--;
          return null;
        }
        if (handlers <= minimum) {
          work.awaitUninterruptibly();
          continue;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          handlers--;
          return null;
        }
        try {
          work.awaitNanos(left);
        } catch (InterruptedException e) {
          // Not ours; look again.
        }
      }
      return messages.remove();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<Thread> toJoin;
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      toJoin = new ArrayList<>(all);
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : toJoin) {
      boolean joined = false;
      while (!joined) {
        try {
          thread.join();
          joined = true;
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

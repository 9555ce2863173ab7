package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Each message goes to one idle handler; there is a slot for each thread. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition room = lock.newCondition(); // busy < maximum
  private final Deque<Worker> idle = new ArrayDeque<>(); // the last came back last
  private final Thread[] slots; // some have just ended
  private int handlers;
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.slots = new Thread[maximum];
    lock.lock();
    try {
      for (int n = 0; n < minimum; n++) {
        start(null);
      }
    } finally {
      lock.unlock();
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    if (message == null) {
      throw new NullPointerException("message");
    }
    lock.lockInterruptibly();
    try {
      while (idle.isEmpty() && handlers == maximum) {
        room.await();
      }
      Worker worker = idle.pollLast();
      if (worker == null) {
        start(message);
      } else {
        worker.message = message;
        worker.given.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void start(Runnable first) {
    Worker worker = new Worker(first);
    Thread thread = threads.newThread(worker);
    thread.start();
    slots[handlers] = thread;
    handlers++;
    if (first == null) {
      idle.addLast(worker);
    }
  }

  @Override
  public void close() {
    Thread[] all;
    lock.lock();
    try {
      closed = true;
      idle.forEach(worker -> worker.given.signal());
      all = slots.clone();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : all) {
      for (boolean ended = thread == null; !ended; ) {
        try {
          thread.join();
          ended = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Worker implements Runnable {
    final Condition given = lock.newCondition();
    Runnable message; // guarded by lock
    private long idleSince = System.nanoTime();

    Worker(Runnable first) {
      message = first;
    }

    @Override
    public void run() {
      for (Runnable next = await(); next != null; next = await()) {
        try {
          next.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        }
        Thread.interrupted();
        back();
      }
    }

    private void back() {
      long now = System.nanoTime();
      lock.lock();
      try {
        idleSince = now;
        idle.addLast(this);
        room.signal();
      } finally {
        lock.unlock();
      }
    }

    private Runnable await() {
      lock.lock();
      try {
        while (message == null) {
          boolean over = closed;
          long left = Long.MAX_VALUE;
          if (handlers > minimum) {
            left = idleNanos - (System.nanoTime() - idleSince);
            over |= left <= 0;
          }
          if (over) {
            idle.remove(this);
            handlers--;
            return null;
          }
          if (left == Long.MAX_VALUE) {
            given.awaitUninterruptibly();
          } else {
            try {
              given.awaitNanos(left);
            } catch (InterruptedException e) {
              // look again
            }
          }
        }
        Runnable next = message;
        message = null;
        return next;
      } finally {
        lock.unlock();
      }
    }
  }
}

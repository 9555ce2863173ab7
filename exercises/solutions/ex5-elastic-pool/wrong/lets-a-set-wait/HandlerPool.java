package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server's handlers; each idle handler, and each hand-off that waits, has its own condition.
 */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;

  private final ReentrantLock lock = new ReentrantLock();
  // guarded by lock:
  private final Deque<Handler> idle = new ArrayDeque<>(); // the last one is the first to be used
  private final Set<Runnable> waiting = new LinkedHashSet<>(); // in the order they came
  private final Condition taken = lock.newCondition();
  private final List<Thread> started = new ArrayList<>();
  private int count;
  private boolean closing;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
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
    lock.lock();
    try {
      Handler free = idle.pollLast();
      if (free != null) {
        free.next = message;
        free.woken.signal();
      } else if (count < maximum) {
        start(message);
      } else {
        awaitTaken(message);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitTaken(Runnable message) throws InterruptedException {
    waiting.add(message);
    while (waiting.contains(message)) {
      try {
        taken.await();
      } catch (InterruptedException e) {
        if (waiting.remove(message)) {
          throw e;
        }
        Thread.currentThread().interrupt(); // too late to take it back
      }
    }
  }

  private void start(Runnable first) {
    Handler handler = new Handler();
    handler.next = first;
    if (first == null) {
      idle.addLast(handler);
    }
    count++;
    started.removeIf(old -> !old.isAlive());
    Thread thread = threads.newThread(handler);
    thread.start();
    started.add(thread);
  }

  private final class Handler implements Runnable {
    final Condition woken = lock.newCondition();
    Runnable next; // not null: busy, and not idle
    long idleSince = System.nanoTime();

    @Override
    public void run() {
      for (Runnable message; (message = take()) != null; ) {
        try {
          message.run();
        } catch (Throwable e) {
          System.err.println("server: message failed with " + e.getClass());
        }
        back();
      }
    }

    private Runnable take() {
      lock.lock();
      try {
        while (next == null) {
          long left = idleNanos - (System.nanoTime() - idleSince);
          if (closing || (count > minimum && left <= 0)) {
            idle.remove(this);
            count--;
            return null;
          }
          if (count > minimum) {
            try {
              woken.awaitNanos(left);
            } catch (InterruptedException e) {
              // looks again
            }
          } else {
            woken.awaitUninterruptibly(); // count grows only when this one is busy
          }
        }
        Runnable message = next;
        next = null;
        return message;
      } finally {
        lock.unlock();
      }
    }

    private void back() {
      Thread.interrupted(); // a message's interrupt is not the handler's
      long now = System.nanoTime();
      lock.lock();
      try {
        idleSince = now;
        Iterator<Runnable> first = waiting.iterator();
        if (first.hasNext()) {
          next = first.next();
          first.remove();
          taken.signalAll();
        } else {
          idle.addLast(this);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    List<Thread> all;
    lock.lock();
    try {
      closing = true;
      idle.forEach(handler -> handler.woken.signal());
      all = new ArrayList<>(started);
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (!all.isEmpty()) {
      try {
        all.getLast().join();
        all.removeLast();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

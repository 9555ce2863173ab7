package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** The server's handlers: a queue and two numbers under one lock, permits for the maximum. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final long idle; // nanoseconds
  private final ThreadFactory threads;
  private final Semaphore room;

  private final Object lock = new Object(); // guards all that follows
  private final Queue<Runnable> messages = new ArrayDeque<>();
  private final List<Thread> started = new ArrayList<>();
  private int inPool; // messages handed off and not done
  private int handlers;
  private boolean closed;
  private boolean starting;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idle = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    handlers = minimum;
    for (int n = 1; n <= minimum; n++) {
      startHandler(null);
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    room.acquire();
    synchronized (lock) {
      inPool++;
      if (inPool <= handlers || starting) { // two at the same time must not start one too many
        messages.add(message);
        lock.notify(); // only handlers wait there
        return;
      }
      starting = true;
      handlers++;
    }
    startHandler(message); // without the lock: the factory is foreign code
    synchronized (lock) {
      starting = false;
    }
  }

  private void startHandler(Runnable first) {
    Thread handler = threads.newThread(() -> handleAll(first));
    synchronized (lock) {
      started.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
      started.add(handler);
    }
    handler.start();
  }

  private void handleAll(Runnable first) {
    for (Runnable message = first != null ? first : next(); message != null; message = next()) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: a message failed: " + e.getClass().getName());
      }
      Thread.interrupted(); // what a message leaves behind is not for the next one
      synchronized (lock) {
        inPool--;
      }
      room.release(); // after the count: who gets it looks there
    }
  }

  /** The next message, or null when this handler is to end; then it counts no more. */
  private Runnable next() {
    long since = System.nanoTime();
    synchronized (lock) {
      while (messages.isEmpty()) {
        long left = idle - (System.nanoTime() - since);
        if (closed || left <= 0 && handlers > minimum) {
          handlers--;
          return null;
        }
        try {
          if (handlers > minimum) {
            lock.wait((left + 999_999) / 1_000_000);
          } else {
            lock.wait();
          }
        } catch (InterruptedException e) {
          // Nobody means this; look again.
        }
      }
      return messages.remove();
    }
  }

  @Override
  public void close() {
    List<Thread> all;
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
      all = List.copyOf(started);
    }
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

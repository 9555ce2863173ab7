package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** Handlers that grow to a maximum and shrink to a minimum. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore room;

  // all guarded by this
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final List<Thread> started = new ArrayList<>(); // all that may still be alive
  private int handlers;
  private int inPool; // messages that wait in the queue or are being handled
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    synchronized (this) {
      for (int n = 0; n < minimum; n++) {
        startHandler();
      }
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    Objects.requireNonNull(message);
    room.acquire();
    synchronized (this) {
      queue.add(message);
      inPool++;
      if (inPool > handlers) {
        startHandler();
      } else {
        notify();
      }
    }
  }

  private void startHandler() {
    started.removeIf(thread -> !thread.isAlive());
    Thread handler = threads.newThread(this::handleAll);
    handlers++;
    started.add(handler);
    handler.start();
  }

  private void handleAll() {
    for (Runnable message; (message = next()) != null; ) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
      } finally {
        synchronized (this) {
          inPool--;
        }
        room.release(); // whoever gets it must not see the old inPool
      }
    }
  }

  /** The next message, or null: this handler has left the pool. */
  private synchronized Runnable next() {
    long since = System.nanoTime();
    while (queue.isEmpty()) {
      long left = idleNanos - (System.nanoTime() - since);
      if (closed || (left <= 0 && handlers > minimum)) {
        handlers--;
        return null;
      }
      try {
        wait(Math.max(0, left / 1_000_000)); // 0 is without end: one of the minimum
      } catch (InterruptedException e) {
        // nobody means anything by it
      }
    }
    return queue.remove();
  }

  @Override
  public void close() {
    List<Thread> all;
    synchronized (this) {
      closed = true;
      notifyAll();
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

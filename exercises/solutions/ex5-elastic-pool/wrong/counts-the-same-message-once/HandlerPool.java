package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** The server's handlers: threads that wait for messages of any connection. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore room;

  private final Queue<Runnable> queue = new ArrayDeque<>(); // guarded by this
  private final Set<Runnable> unfinished = new HashSet<>(); // guarded by this
  private final List<Thread> all = new ArrayList<>(); // guarded by this
  private int handlers; // guarded by this
  private boolean closed; // guarded by this

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    for (int n = 1; n <= minimum; n++) {
      startHandler();
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    room.acquire();
    synchronized (this) {
      queue.add(message);
      unfinished.add(message);
      if (unfinished.size() > handlers) {
        startHandler();
      } else {
        notify();
      }
    }
  }

  private synchronized void startHandler() {
    Thread handler = threads.newThread(this::handleAll);
    handler.start();
    all.removeIf(thread -> !thread.isAlive());
    all.add(handler);
    handlers++;
  }

  private void handleAll() {
    Runnable message;
    while ((message = next()) != null) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: a message failed: " + e.getClass());
      } finally {
        Thread.interrupted();
        synchronized (this) {
          unfinished.remove(message);
        }
        room.release();
      }
    }
  }

  private synchronized Runnable next() {
    long deadline = System.nanoTime() + idleNanos;
    while (queue.isEmpty()) {
      if (closed) {
        handlers--;
        return null;
      }
      try {
        if (handlers <= minimum) {
          wait();
          continue;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          handlers--;
          return null;
        }
        wait((left + 999_999) / 1_000_000);
      } catch (InterruptedException e) {
        // look again
      }
    }
    return queue.remove();
  }

  @Override
  public void close() {
    List<Thread> rest;
    synchronized (this) {
      closed = true;
      notifyAll();
      rest = List.copyOf(all);
    }
    boolean interrupted = false;
    for (Thread thread : rest) {
      while (thread.isAlive()) {
        try {
          thread.join();
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

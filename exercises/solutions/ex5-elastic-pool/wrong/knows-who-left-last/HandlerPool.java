package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
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
  private final Set<Thread> handlers = new HashSet<>(); // guarded by this
  private Thread leaving; // not among the handlers, but may still run; guarded by this
  private int messages; // guarded by this
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
      messages++;
      queue.add(message);
      if (messages > handlers.size()) {
        startHandler();
      } else {
        notify();
      }
    }
  }

  private synchronized void startHandler() {
    Thread handler = threads.newThread(this::handleAll);
    handlers.add(handler);
    handler.start();
  }

  private void handleAll() {
    Runnable message;
    while ((message = next()) != null) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: a message failed: " + e.getClass().getName());
      }
      Thread.interrupted();
      synchronized (this) {
        messages--;
      }
      room.release();
    }
  }

  private synchronized Runnable next() {
    long start = System.nanoTime();
    while (queue.isEmpty() && !closed) {
      try {
        if (handlers.size() > minimum) {
          long left = idleNanos - (System.nanoTime() - start);
          if (left <= 0) {
            leaving = Thread.currentThread();
            handlers.remove(leaving);
            return null;
          }
          wait(left / 1_000_000, (int) (left % 1_000_000));
        } else {
          wait();
        }
      } catch (InterruptedException e) {
        // nobody interrupts
      }
    }
    return queue.poll(); // closed: null, and it stays among the handlers, for close to wait for it
  }

  @Override
  public void close() {
    Set<Thread> rest;
    synchronized (this) {
      closed = true;
      notifyAll();
      rest = new HashSet<>(handlers);
      if (leaving != null) {
        rest.add(leaving);
      }
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

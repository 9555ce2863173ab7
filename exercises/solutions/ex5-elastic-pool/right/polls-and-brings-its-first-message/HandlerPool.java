package course.server;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The server's handlers: each polls the queue, for the idle time at the most. A handler that the
 * pool grows by brings its first message with it.
 */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final Duration idle;
  private final ThreadFactory threads;
  private final Semaphore places;
  private final BlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
  private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
  private final Object size = new Object();
  private int handlers; // guarded by size
  private int unassigned; // handlers that no message was handed to; guarded by size
  private boolean closed; // guarded by size

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idle = idle;
    this.threads = threads;
    places = new Semaphore(maximum);
    synchronized (size) {
      for (int n = 0; n < minimum; n++) {
        unassigned++;
        start(null);
      }
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    places.acquire();
    synchronized (size) {
      if (unassigned > 0) {
        unassigned--;
        messages.add(message);
      } else {
        start(message);
      }
    }
  }

  private void start(Runnable first) {
    handlers++;
    Thread thread = threads.newThread(() -> run(first));
    started.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    started.add(thread);
    thread.start();
  }

  private void run(Runnable first) {
    try {
      Runnable message = first;
      do {
        if (message != null) {
          handle(message);
        }
        message = messages.poll(idle.toMillis(), TimeUnit.MILLISECONDS);
      } while (message != null ? message != goodbye : !mayEnd());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final Runnable goodbye = () -> {};

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      System.err.println("server: a message failed: " + e);
    }
    synchronized (size) {
      unassigned++;
      if (closed) {
        messages.add(goodbye);
      }
    }
    places.release();
  }

  private boolean mayEnd() {
    synchronized (size) {
      boolean may = handlers > minimum && unassigned > 0 && messages.isEmpty() && !closed;
      if (may) {
        handlers--;
        unassigned--;
      }
      return may;
    }
  }

  @Override
  public void close() {
    synchronized (size) {
      closed = true;
      for (int n = 0; n < unassigned; n++) {
        messages.add(goodbye);
      }
    }
    boolean interrupted = false;
    for (Thread thread : started) {
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

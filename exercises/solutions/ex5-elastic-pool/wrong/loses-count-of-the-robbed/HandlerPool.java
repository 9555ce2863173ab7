package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** Handlers that wait on one monitor; a semaphore for the room. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final long idleMillis;
  private final ThreadFactory threads;
  private final Semaphore room;
  // all guarded by this
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final List<Thread> live = new ArrayList<>(); // also those that have left, until they end
  private int handlers;
  private int idleHandlers;
  private boolean closing;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idleMillis = idle.toMillis();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    synchronized (this) {
      for (int n = 0; n < minimum; n++) {
        startHandler();
        idleHandlers++;
      }
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    Objects.requireNonNull(message);
    room.acquire();
    synchronized (this) {
      queue.add(message);
      if (idleHandlers == 0 && handlers < maximum) {
        startHandler();
        notifyAll(); // who waits without a limit, as one of the minimum, looks again
      } else {
        if (idleHandlers > 0) {
          idleHandlers--; // that one gets it
        }
        notify();
      }
    }
  }

  private void startHandler() {
    live.removeIf(t -> t.getState() == Thread.State.TERMINATED);
    Thread thread = threads.newThread(this::work);
    live.add(thread);
    handlers++;
    thread.start();
  }

  private void work() {
    for (Runnable message; (message = next()) != null; ) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: a message failed: " + e.getClass().getName());
      }
      Thread.interrupted();
      synchronized (this) {
        if (queue.isEmpty()) {
          idleHandlers++;
        } // or it goes straight on with the next one
      }
      room.release();
    }
  }

  /** The next message, or null when the handler has left the pool. */
  private synchronized Runnable next() {
    long since = System.nanoTime();
    while (queue.isEmpty()) {
      long left = idleMillis * 1_000_000 - (System.nanoTime() - since);
      if (closing || (handlers > minimum && left <= 0)) {
        handlers--;
        if (idleHandlers > 0) {
          idleHandlers--;
        }
        return null;
      }
      try {
        if (handlers > minimum) {
          wait((left + 999_999) / 1_000_000);
        } else {
          wait();
        }
      } catch (InterruptedException e) {
        // nobody in the pool does this: look again
      }
    }
    return queue.remove();
  }

  @Override
  public void close() {
    List<Thread> all;
    synchronized (this) {
      closing = true;
      notifyAll();
      all = List.copyOf(live);
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

package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/** The server's handlers, between a minimum and a maximum. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Queue<Object> line = new ArrayDeque<>(); // hand-offs, in the order of their coming
  private final Queue<Runnable> accepted = new ArrayDeque<>();
  private final Set<Thread> living = new HashSet<>();
  private int handlers;
  private int busy; // messages that were accepted and are not done
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    startMinimum();
  }

  private synchronized void startMinimum() {
    for (int n = 0; n < minimum; n++) {
      startHandler();
    }
  }

  synchronized void handOff(Runnable message) throws InterruptedException {
    Object me = new Object();
    line.add(me);
    try {
      while (line.peek() != me || busy == maximum) {
        wait();
      }
      accepted.add(message);
      busy++;
      if (busy > handlers) {
        startHandler();
      }
    } finally {
      line.remove(me);
      notifyAll(); // handlers, and who is first in the line now
    }
  }

  private void startHandler() {
    living.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    Thread handler = threads.newThread(this::handleAll);
    living.add(handler);
    handlers++;
    handler.start();
  }

  private void handleAll() {
    while (true) {
      long since = System.nanoTime();
      Runnable message = take(since);
      if (message == null) {
        return;
      }
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: message failed, " + e.getClass().getName());
      } finally {
        Thread.interrupted();
        done();
      }
    }
  }

  private synchronized void done() {
    busy--;
    notifyAll();
  }

  private synchronized Runnable take(long since) {
    while (true) {
      if (!accepted.isEmpty()) {
        return accepted.remove();
      }
      long left = idleNanos - (System.nanoTime() - since);
      boolean over = left <= 0;
      if (closed || (over && handlers > minimum)) {
        handlers--;
        return null;
      }
      try {
        if (over) {
          wait();
        } else {
          wait(left / 1_000_000);
        }
      } catch (InterruptedException e) {
        // not by this pool
      }
    }
  }

  @Override
  public void close() {
    boolean interrupted = false;
    for (Thread handler : shut()) {
      while (handler.getState() != Thread.State.TERMINATED) {
        try {
          handler.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Thread> shut() {
    closed = true;
    notifyAll();
    return List.copyOf(living);
  }
}

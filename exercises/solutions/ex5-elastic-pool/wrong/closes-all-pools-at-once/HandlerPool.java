package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;

/** The server's handlers: all wait in one monitor, all are woken, and each looks for itself. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final int maximum;
  private final Duration idle;
  private final ThreadFactory threads;
  private final Queue<Runnable> messages = new ArrayDeque<>();
  private final List<Thread> ended = new ArrayList<>(); // have left, but may not be through
  private final List<Thread> handlers = new ArrayList<>();
  private int busy;
  private static boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idle = idle;
    this.threads = threads;
    synchronized (this) {
      for (int n = 0; n < minimum; n++) {
        start();
      }
    }
  }

  synchronized void handOff(Runnable message) throws InterruptedException {
    while (busy + messages.size() >= maximum) {
      wait();
    }
    messages.add(message);
    if (busy + messages.size() > handlers.size()) {
      start();
    }
    notifyAll();
  }

  private void start() {
    var handler = threads.newThread(this::run);
    handlers.add(handler);
    handler.start();
  }

  private void run() {
    try {
      while (true) {
        Runnable message = take();
        if (message == null) {
          return;
        }
        try {
          message.run();
        } catch (RuntimeException e) {
          e.printStackTrace();
        } finally {
          isBack();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void isBack() {
    busy--;
    notifyAll();
  }

  private synchronized Runnable take() throws InterruptedException {
    long end = System.currentTimeMillis() + idle.toMillis();
    while (messages.isEmpty()) {
      if (closed) {
        return null;
      }
      long left = end - System.currentTimeMillis();
      if (left > 0) {
        wait(left);
      } else if (handlers.size() > minimum) {
        handlers.remove(Thread.currentThread());
        ended.removeIf(thread -> !thread.isAlive());
        ended.add(Thread.currentThread());
        return null;
      } else {
        wait();
      }
    }
    busy++;
    return messages.remove();
  }

  @Override
  public void close() {
    var all = new ArrayList<Thread>();
    synchronized (this) {
      closed = true;
      all.addAll(handlers);
      all.addAll(ended);
      notifyAll();
    }
    boolean interrupted = false;
    for (int n = 0; n < all.size(); ) {
      try {
        all.get(n).join();
        n++;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

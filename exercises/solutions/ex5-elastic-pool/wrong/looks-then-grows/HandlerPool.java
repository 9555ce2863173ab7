package course.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks whether there is room to grow, and then grows. */
final class HandlerPool implements AutoCloseable {
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);
  private final int least;
  private final int most;
  private final Duration idle;
  private final ThreadFactory threads;
  private final List<Thread> handlers = new ArrayList<>(); // guarded by this
  private final AtomicInteger size = new AtomicInteger();
  private volatile boolean closed;

  HandlerPool(int least, int most, Duration idle, ThreadFactory threads) {
    this.least = least;
    this.most = most;
    this.idle = idle;
    this.threads = threads;
    for (int n = 1; n <= least; n++) {
      startHandler(() -> {});
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    if (!messages.offer(message)) {
      if (size.get() < most) {
        startHandler(message);
      } else {
        messages.put(message);
      }
    }
  }

  private synchronized void startHandler(Runnable first) {
    size.incrementAndGet();
    Thread handler = threads.newThread(() -> handleAll(first));
    handlers.add(handler);
    handler.start();
  }

  private void handleAll(Runnable first) {
    handle(first);
    try {
      while (!closed) {
        Runnable message = messages.poll(idle.toMillis(), TimeUnit.MILLISECONDS);
        if (message != null) {
          handle(message);
        } else if (mayEnd()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // The pool closes.
    }
  }

  private synchronized boolean mayEnd() {
    if (size.get() == least) {
      return false;
    }
    size.decrementAndGet();
    handlers.remove(Thread.currentThread());
    return true;
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      List<Thread> ending;
      synchronized (this) {
        ending = List.copyOf(handlers);
      }
      for (Thread handler : ending) {
        handler.interrupt();
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

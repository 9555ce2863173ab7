package course.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's handlers: more threads when all are busy, fewer when there is little to do. */
final class HandlerPool implements AutoCloseable {
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);
  private final int minimum;
  private final int maximum;
  private final Duration idle;
  private final ThreadFactory threads;
  private final List<Thread> handlers = new ArrayList<>(); // guarded by this
  private final AtomicInteger size = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Starts the minimum of handlers.
   *
   * @param minimum that many handlers are kept, 1 or more
   * @param maximum there are never more than that, {@code minimum} or more
   * @param idle after so long without a message a handler ends, unless only the minimum is left;
   *     whole milliseconds, 1 or more
   * @param threads makes the handlers' threads
   */
  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idle = idle;
    this.threads = threads;
    for (int n = 1; n <= minimum; n++) {
      startHandler(() -> {});
    }
  }

  /**
   * Hands a message to a handler; starts one if all are busy; waits if there is the maximum
   * already. Any thread may call.
   *
   * @throws InterruptedException if the thread is interrupted while it waits: the message is not
   *     handled then
   */
  void handOff(Runnable message) throws InterruptedException {
    if (!messages.offer(message)) {
      if (!startHandler(message)) {
        messages.put(message);
      }
    }
  }

  private synchronized boolean startHandler(Runnable first) {
    if (size.get() == maximum) {
      return false;
    }
    size.incrementAndGet();
    Thread handler = threads.newThread(() -> handleAll(first));
    handlers.add(handler);
    handler.start();
    return true;
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
      // Nobody interrupts a handler: it would be a way to end it.
    }
  }

  /** Returns the next message, and waits for it if need be; null if this handler has to end. */
  private synchronized boolean mayEnd() {
    if (size.get() == minimum) {
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

  /**
   * Finishes what was handed off, ends all handlers and waits for them. To be called when nothing
   * more is handed off.
   */
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
        handler.join(); // outside of the lock: to end, they need it
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

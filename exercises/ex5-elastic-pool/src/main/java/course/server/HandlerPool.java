package course.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;

/** The server's handlers: threads that wait for messages of any connection; more when all work. */
final class HandlerPool implements AutoCloseable {
  /**
   * Holds nothing: a message passes from hand to hand. Fair, so that no connection waits for ever.
   */
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);

  private final ThreadFactory threads;
  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet();

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
    // TODO: a maximum and an idle time are given, and nobody looks at them.
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
    // TODO: this grows without limit. And is a handler busy when it does not stand in take?
    if (!messages.offer(message)) {
      startHandler(message);
    }
  }

  private void startHandler(Runnable first) {
    Thread handler = threads.newThread(() -> handleAll(first));
    handlers.add(handler);
    handler.start();
  }

  private void handleAll(Runnable first) {
    try {
      handle(first);
      while (true) {
        // TODO: how long does a handler wait here? What may come in the instant when it gives up?
        handle(messages.take());
      }
    } catch (InterruptedException e) {
      // The pool closes.
    }
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) { // costs one reply; the handler lives, or the pool would shrink
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    }
  }

  /**
   * Finishes what was handed off, ends all handlers and waits for them. To be called when nothing
   * more is handed off.
   */
  @Override
  public void close() {
    // TODO: what does an interrupt do to a message that is being handled?
    handlers.forEach(Thread::interrupt);
    try {
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

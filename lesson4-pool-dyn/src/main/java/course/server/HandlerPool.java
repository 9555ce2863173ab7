package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/** The server's handlers: threads that wait for messages of any connection; more when all work. */
final class HandlerPool implements AutoCloseable {
  /**
   * Holds nothing: a message passes from hand to hand. Fair, so that no connection waits for ever.
   */
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);

  private final List<Thread> handlers = new ArrayList<>(); // guarded by this

  /** Starts {@code size} handlers. Virtual threads: a hand-off to one need not wake the kernel. */
  HandlerPool(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a pool needs at least 1 handler, not " + size);
    }
    for (int n = 1; n <= size; n++) {
      startHandler(() -> {});
    }
  }

  /** Hands a message to a handler; starts one if all are busy. Any thread may call. */
  void handOff(Runnable message) {
    if (!messages.offer(message)) {
      startHandler(message);
    }
  }

  private synchronized void startHandler(Runnable first) {
    String name = "handler " + (handlers.size() + 1);
    handlers.add(Thread.ofVirtual().name(name).start(() -> handleAll(first)));
  }

  private void handleAll(Runnable first) {
    try {
      handle(first);
      while (true) {
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

  /** Interrupts the handlers and waits for them. To be called when nothing more is handed off. */
  @Override
  public void close() {
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

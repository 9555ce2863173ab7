package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/** The server's handlers: a fixed number of threads that wait for messages of any connection. */
final class HandlerPool implements AutoCloseable {
  /**
   * Holds nothing: a message passes from hand to hand. Fair, so that no connection waits for ever.
   */
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);

  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor

  /** Starts {@code size} handlers. Virtual threads: a hand-off to one need not wake the kernel. */
  HandlerPool(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a pool needs at least 1 handler, not " + size);
    }
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  /** Hands a message to a handler; waits while all are busy. Any thread may call. */
  void handOff(Runnable message) throws InterruptedException {
    messages.put(message);
  }

  private void handleAll() {
    try {
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

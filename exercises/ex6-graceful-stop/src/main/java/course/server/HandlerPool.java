package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/** Lesson 3's handlers: a fixed number of threads that wait for messages of any connection. */
final class HandlerPool implements AutoCloseable {
  /** Holds nothing: a message passes from hand to hand. */
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);

  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor

  HandlerPool(int size) {
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

  /**
   * Interrupts all handlers, also those that are at work, and waits until they have ended. Any
   * thread may call, more than once. What is handed off from now on, nobody takes.
   */
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

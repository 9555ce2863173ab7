package course.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;

/** The server's handlers: a fixed number of threads that wait for messages of any connection. */
final class Handlers implements AutoCloseable {
  /** Makes virtual threads: one costs about a kilobyte, so there may be 100,000 of them. */
  private final ThreadFactory threads = Thread.ofVirtual().name("handler ", 1).factory();

  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet();

  /** Holds nothing: a message goes from hand to hand. Fair: no connection waits for ever. */
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);

  /** Starts them. They may run before it returns: all that they use must be set above this. */
  Handlers(int size) {
    for (int n = 0; n < size; n++) {
      startHandler();
    }
  }

  /** Hands a message to a handler that waits; waits while all are busy. Any thread may call. */
  void handOff(Runnable message) throws InterruptedException {
    messages.put(message);
  }

  private void startHandler() {
    Thread handler = threads.newThread(this::handleAll);
    handlers.add(handler);
    handler.start();
  }

  private void handleAll() {
    try {
      while (true) {
        handle(messages.take());
      }
    } catch (InterruptedException e) {
      // The server closes.
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

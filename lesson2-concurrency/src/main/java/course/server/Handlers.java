package course.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** The server's handlers: a new thread for each message of any connection. */
final class Handlers implements AutoCloseable {
  /** Makes virtual threads: one costs about a kilobyte, so there may be 100,000 of them. */
  private final ThreadFactory threads = Thread.ofVirtual().name("handler ", 1).factory();

  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet();

  /** Starts a handler for a message. Any thread may call. */
  void handOff(Runnable message) {
    Thread handler = threads.newThread(() -> handle(message));
    handlers.add(handler); // before it starts, or it could end first and never be removed
    handler.start();
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } finally {
      handlers.remove(Thread.currentThread());
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

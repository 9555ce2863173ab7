package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** The server's handlers: a fixed number of threads, and a queue of limited length before them. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable END = () -> {};

  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor
  private final BlockingQueue<Runnable> waiting;
  private boolean closed; // guarded by this

  /**
   * Starts the handlers.
   *
   * @param size how many handlers there are
   * @param queue how many messages may wait while all handlers are busy
   */
  HandlerPool(int size, int queue) {
    waiting = new ArrayBlockingQueue<>(Math.max(1, queue));
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  /**
   * Hands a message to the handlers, and does not wait. Any thread may call.
   *
   * @return whether it was accepted; if not, the client is told BUSY
   */
  synchronized boolean handOff(Runnable message) {
    return !closed && waiting.offer(message);
  }

  private void handleAll() {
    try {
      for (Runnable message; (message = waiting.take()) != END; ) {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // Nobody interrupts a handler: it would be a way to end it.
    }
  }

  /** Accepts no more messages, finishes those that were accepted, and waits for the handlers. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      for (int n = 0; n < handlers.size(); n++) {
        waiting.put(END);
      }
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/** The server's handlers: a fixed number of threads, and a queue with a limit. */
final class HandlerPool implements AutoCloseable {
  /** Comes behind the messages, once for each handler, and ends it. */
  private static final Runnable POISON = () -> {};

  /** Has room for all that are in the pool: the handlers may not have come round yet. */
  private final ArrayBlockingQueue<Runnable> messages;

  private final int limit;
  private int inPool; // guarded by this
  private boolean closed; // guarded by this

  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor

  /**
   * Starts the handlers.
   *
   * @param size how many handlers there are
   * @param queue how many messages may wait while all handlers are busy
   */
  HandlerPool(int size, int queue) {
    limit = size + queue;
    messages = new ArrayBlockingQueue<>(limit);
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
    if (closed || inPool == limit) {
      return false;
    }
    inPool++;
    messages.add(message); // never full: inPool was below the limit
    return true;
  }

  private synchronized void ended() {
    inPool--;
  }

  private void handleAll() {
    try {
      for (Runnable message; (message = messages.take()) != POISON; ) {
        handle(message);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts a handler.
    }
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) { // costs one reply; the handler lives, or the pool would shrink
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    } finally {
      ended();
    }
  }

  /** Accepts no more messages, finishes those that were accepted, and waits for the handlers. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      // Without the lock: if the queue is full, put waits for the handlers.
      for (int n = 0; n < handlers.size(); n++) {
        messages.put(POISON);
      }
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

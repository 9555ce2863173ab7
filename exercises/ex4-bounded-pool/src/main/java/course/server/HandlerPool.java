package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/** The server's handlers: a fixed number of threads that wait for messages of any connection. */
final class HandlerPool implements AutoCloseable {
  /** Holds nothing: a message passes from hand to hand. */
  private final SynchronousQueue<Runnable> messages = new SynchronousQueue<>(true);

  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor

  /**
   * Starts the handlers.
   *
   * @param size how many handlers there are
   * @param queue how many messages may wait while all handlers are busy
   */
  HandlerPool(int size, int queue) {
    // TODO: a queue of so many messages is asked for, and nobody looks at the number.
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  /**
   * Hands a message to the handlers, and does not wait. Any thread may call.
   *
   * @return whether it was accepted; if not, the client is told BUSY
   */
  boolean handOff(Runnable message) {
    try {
      // TODO: in lesson 3 this waits while all handlers are busy.
      messages.put(message);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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

  /** Accepts no more messages, finishes those that were accepted, and waits for the handlers. */
  @Override
  public void close() {
    // TODO: what becomes of a message that is being handled now, or that waits?
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

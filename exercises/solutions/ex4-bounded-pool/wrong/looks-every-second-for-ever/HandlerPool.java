package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The server's handlers: a fixed number of threads, and a queue of limited length before them. */
final class HandlerPool implements AutoCloseable {
  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor
  private final int most; // messages in the pool: handled, or waiting for it
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
  private int accepted; // and not handled to the end; guarded by this
  private boolean closed; // guarded by this

  /**
   * Starts the handlers.
   *
   * @param size how many handlers there are
   * @param queue how many messages may wait while all handlers are busy
   */
  HandlerPool(int size, int queue) {
    most = size + queue;
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
    // Not the queue's length: a handler that is about to take a message has not taken it yet.
    if (closed || accepted == most) {
      return false;
    }
    accepted++;
    waiting.add(message);
    return true;
  }

  private void handleAll() {
    try {
      while (true) {
        Runnable message = next();
        if (message == null) {
          Thread.sleep(1_000); // then there may be one
        } else {
          handle(message);
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts a handler: it would be a way to end it.
    }
  }

  private synchronized Runnable next() {
    return waiting.poll();
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) { // costs one reply; the handler lives, or the pool would shrink
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    } finally {
      finished();
    }
  }

  private synchronized void finished() {
    accepted--;
    notifyAll();
  }

  /** Accepts no more messages, and finishes those that were accepted. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      while (accepted > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

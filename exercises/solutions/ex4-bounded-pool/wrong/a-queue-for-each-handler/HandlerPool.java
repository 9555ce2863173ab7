package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The server's handlers: a fixed number of threads, and a queue of limited length before them. */
final class HandlerPool implements AutoCloseable {
  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor
  private final int most; // messages in the pool: handled, or waiting for it
  private final List<Queue<Runnable>> waiting = new ArrayList<>(); // guarded by this
  private int next; // the handler whose turn it is; guarded by this
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
      Queue<Runnable> own = new ArrayDeque<>();
      waiting.add(own);
      handlers.add(Thread.ofVirtual().name("handler " + n).unstarted(() -> handleAll(own)));
    }
    handlers.forEach(Thread::start);
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
    waiting.get(next).add(message);
    next = (next + 1) % waiting.size(); // so each gets as many as any other
    notifyAll();
    return true;
  }

  private void handleAll(Queue<Runnable> own) {
    try {
      Runnable message;
      while ((message = next(own)) != null) {
        handle(message);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts a handler: it would be a way to end it.
    }
  }

  /** Returns the next message, and waits for it if need be; null if the pool is closed. */
  private synchronized Runnable next(Queue<Runnable> own) throws InterruptedException {
    while (own.isEmpty() && !closed) { // another handler may have been quicker
      wait();
    }
    return own.poll();
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
  }

  /** Accepts no more messages, finishes those that were accepted, and waits for the handlers. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll(); // each handler that waits has to see it
    }
    try {
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

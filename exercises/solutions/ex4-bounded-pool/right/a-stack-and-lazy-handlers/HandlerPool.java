package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The server's handlers: a fixed number of threads, and a queue of limited length before them. */
final class HandlerPool implements AutoCloseable {
  private final List<Thread> handlers = new ArrayList<>(); // started when needed; guarded by this
  private final int size; // how many handlers
  private final int most; // messages in the pool: handled, or waiting for it
  private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
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
    this.size = size;
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
    waiting.push(message);
    if (accepted > handlers.size() && handlers.size() < size) {
      handlers.add(new Thread(this::handleAll));
      handlers.getLast().start();
    }
    notify();
    return true;
  }

  private void handleAll() {
    try {
      Runnable message;
      while ((message = next()) != null) {
        handle(message);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts a handler: it would be a way to end it.
    }
  }

  /** Returns the next message, and waits for it if need be; null if the pool is closed. */
  private synchronized Runnable next() throws InterruptedException {
    while (waiting.isEmpty() && !closed) { // another handler may have been quicker
      wait();
    }
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

package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The server's handlers: a fixed number of threads, and a queue of limited length before them. */
final class HandlerPool implements AutoCloseable {
  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor
  private final Room room;
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
  private boolean closed; // guarded by this

  /**
   * Starts the handlers.
   *
   * @param size how many handlers there are
   * @param queue how many messages may wait while all handlers are busy
   */
  HandlerPool(int size, int queue) {
    room = new Room(size + queue);
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
    return room.enter() && add(message);
  }

  private synchronized boolean add(Runnable message) {
    if (closed) {
      return false; // and its place stays taken: nobody comes any more
    }
    waiting.add(message);
    notify(); // one handler is enough for one message; nobody but handlers waits here
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
      room.leave();
    }
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

/** The messages in the pool: handled, or waiting for it. */
final class Room {
  private final int most;
  private int accepted; // and not handled to the end; guarded by this

  Room(int most) {
    this.most = most;
  }

  synchronized boolean enter() {
    if (accepted == most) {
      return false;
    }
    accepted++;
    return true;
  }

  synchronized void leave() {
    accepted--;
  }
}

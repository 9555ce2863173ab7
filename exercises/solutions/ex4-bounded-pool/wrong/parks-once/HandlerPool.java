package course.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The server's handlers: idle ones are given a message directly, for busy ones there is a queue.
 */
final class HandlerPool implements AutoCloseable {
  private final int limit;
  private final Object lock = new Object();

  // All guarded by the lock.
  private final ArrayDeque<Handler> idle = new ArrayDeque<>();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int inPool;
  private boolean closed;

  private final List<Thread> threads = new ArrayList<>(); // filled by the constructor

  private final class Handler implements Runnable {
    private Thread thread; // guarded by lock
    private Runnable next; // given by handOff; guarded by lock

    @Override
    public void run() {
      synchronized (lock) {
        thread = Thread.currentThread();
      }
      for (Runnable message; (message = await()) != null; ) {
        handle(message);
      }
    }

    /** The next message, or null when the pool is closed and nothing is left. */
    private Runnable await() {
      synchronized (lock) {
        if (!waiting.isEmpty() || closed) {
          return waiting.poll();
        }
        idle.push(this); // whoever takes it from there wakes it
      }
      LockSupport.park(this);
      synchronized (lock) {
        Runnable message = next; // none: close has woken it
        next = null;
        return message;
      }
    }
  }

  /**
   * Starts the handlers.
   *
   * @param size how many handlers there are
   * @param queue how many messages may wait while all handlers are busy
   */
  HandlerPool(int size, int queue) {
    limit = size + queue;
    for (int n = 1; n <= size; n++) {
      threads.add(Thread.ofPlatform().daemon().name("handler " + n).start(new Handler()));
    }
  }

  /**
   * Hands a message to the handlers, and does not wait. Any thread may call.
   *
   * @return whether it was accepted; if not, the client is told BUSY
   */
  boolean handOff(Runnable message) {
    synchronized (lock) {
      if (closed || inPool == limit) {
        return false;
      }
      inPool++;
      if (idle.isEmpty()) {
        waiting.add(message);
      } else {
        Handler handler = idle.pop();
        handler.next = message;
        LockSupport.unpark(handler.thread); // before the park or after it: both do
      }
      return true;
    }
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) { // costs one reply; the handler lives, or the pool would shrink
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    } finally {
      synchronized (lock) {
        inPool--;
      }
    }
  }

  /** Accepts no more messages, finishes those that were accepted, and waits for the handlers. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      while (!idle.isEmpty()) {
        LockSupport.unpark(idle.pop().thread);
      }
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package course.server;

import java.util.LinkedList;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The server's handlers, with an explicit lock; close waits for their number. */
final class HandlerPool implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Runnable> waiting = new LinkedList<>(); // guarded by lock
  private int free; // places; guarded by lock
  private int handlers; // that have not ended; guarded by lock
  private boolean closed; // guarded by lock

  HandlerPool(int size, int queue) {
    free = size + queue;
    handlers = size;
    for (int n = 1; n <= size; n++) {
      Thread.startVirtualThread(this::run);
    }
  }

  boolean handOff(Runnable message) {
    lock.lock();
    try {
      boolean accepted = !closed && free > 0;
      if (accepted) {
        free--;
        waiting.offer(message);
        changed.signalAll();
      }
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      while (!closed || !waiting.isEmpty()) {
        if (waiting.isEmpty()) {
          changed.awaitUninterruptibly();
        } else {
          handle(waiting.remove());
        }
      }
    } finally {
      handlers--;
      changed.signalAll();
      lock.unlock();
    }
  }

  /** Gives the lock back while it handles the message. */
  private void handle(Runnable message) {
    lock.unlock();
    try {
      message.run();
    } catch (RuntimeException e) {
      System.err.println("server: " + e);
    }
    lock.lock();
    free++;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (handlers > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}

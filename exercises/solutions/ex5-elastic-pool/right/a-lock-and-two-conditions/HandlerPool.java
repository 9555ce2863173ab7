package course.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The server's handlers. Connections wait for one condition, and handlers for another. */
final class HandlerPool implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition roomAgain = lock.newCondition();
  private final Condition messageOrEnd = lock.newCondition();
  private final LinkedList<Runnable> messages = new LinkedList<>(); // guarded by lock
  private final List<Thread> all = new ArrayList<>(); // that were ever started; guarded by lock
  private final int minimum;
  private final int maximum;
  private final Duration idle;
  private final ThreadFactory threads;
  private int alive; // handlers; guarded by lock
  private int busy; // messages that are handled or wait for it; guarded by lock
  private boolean closed; // guarded by lock

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.idle = idle;
    this.threads = threads;
    lock.lock();
    try {
      while (alive < minimum) {
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (busy == maximum) {
        roomAgain.await();
      }
      busy++;
      messages.addLast(message);
      if (busy > alive) {
        start();
      } else {
        messageOrEnd.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    alive++;
    Thread handler = threads.newThread(this::run);
    all.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    all.add(handler);
    handler.start();
  }

  private void run() {
    for (Runnable message; (message = next()) != null; ) {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: " + e);
      }
      lock.lock();
      busy--;
      roomAgain.signal();
      lock.unlock();
    }
  }

  private Runnable next() {
    lock.lock();
    try {
      long left = idle.toNanos();
      while (messages.isEmpty()) {
        if (closed || (left <= 0 && alive > minimum)) {
          alive--;
          return null;
        }
        if (alive > minimum) {
          left = messageOrEnd.awaitNanos(left);
        } else {
          messageOrEnd.await();
        }
      }
      return messages.removeFirst();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a handler", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<Thread> ending;
    lock.lock();
    try {
      closed = true;
      messageOrEnd.signalAll();
      ending = List.copyOf(all);
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread handler : ending) {
      while (handler.isAlive()) {
        try {
          handler.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

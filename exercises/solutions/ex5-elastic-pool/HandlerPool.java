package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** The server's handlers: more threads when all are busy, fewer when there is little to do. */
final class HandlerPool implements AutoCloseable {
  private final int minimum;
  private final long idleMillis;
  private final ThreadFactory threads;

  /** A place for each message that may be in the pool. Fair: no connection waits for ever. */
  private final Semaphore places;

  private final Queue<Runnable> messages = new ArrayDeque<>(); // not begun; guarded by this
  private int inPool; // messages handed off and not ended; guarded by this

  /** At least as many as messages in the pool, so that each has its own. Guarded by this. */
  private int handlers;

  /** The handlers, and those that have left the pool but may not have ended. Guarded by this. */
  private final List<Thread> started = new ArrayList<>();

  private boolean closed; // guarded by this

  /**
   * Starts the minimum of handlers.
   *
   * @param minimum that many handlers are kept, 1 or more
   * @param maximum there are never more than that, {@code minimum} or more
   * @param idle after so long without a message a handler ends, unless only the minimum is left;
   *     whole milliseconds, 1 or more
   * @param threads makes the handlers' threads
   */
  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.threads = threads;
    idleMillis = idle.toMillis();
    places = new Semaphore(maximum, true);
    for (int n = 1; n <= minimum; n++) {
      startHandler();
    }
  }

  /**
   * Hands a message to a handler; starts one if all are busy; waits if there is the maximum
   * already. Any thread may call.
   *
   * @throws InterruptedException if the thread is interrupted while it waits: the message is not
   *     handled then
   */
  void handOff(Runnable message) throws InterruptedException {
    places.acquire(); // outside of the lock: the handlers need that to get ready
    synchronized (this) {
      messages.add(message);
      inPool++;
      if (inPool > handlers) {
        startHandler();
      } else {
        notify(); // one handler is enough for one message; nobody but handlers waits here
      }
    }
  }

  private synchronized void startHandler() {
    Thread handler = threads.newThread(this::handleAll);
    handlers++;
    started.add(handler);
    handler.start();
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

  /** Returns the next message, and waits for it if need be; null if this handler has to end. */
  private synchronized Runnable next() throws InterruptedException {
    long idleSince = System.nanoTime();
    while (messages.isEmpty()) {
      boolean spare = handlers > minimum;
      long left = idleMillis - (System.nanoTime() - idleSince) / 1_000_000;
      if (closed || (spare && left <= 0)) {
        // In one step with the look at the messages: the next hand-off must not count on this one.
        handlers--;
        started.removeIf(thread -> !thread.isAlive()); // or the list would grow for ever
        return null;
      }
      wait(spare ? left : 0); // 0 is for ever
    }
    return messages.poll();
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (Throwable e) { // costs one reply; the handler lives, or the pool would shrink
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    } finally {
      Thread.interrupted(); // a message may leave that behind, and it would end the next wait
      synchronized (this) {
        inPool--; // before its place is free: who gets that finds a handler, or starts one
      }
      places.release();
    }
  }

  /**
   * Finishes what was handed off, ends all handlers and waits for them. To be called when nothing
   * more is handed off. An interrupt does not end the wait; the thread is interrupted afterwards.
   * Any thread may call, more than once.
   */
  @Override
  public void close() {
    List<Thread> ending;
    synchronized (this) {
      closed = true;
      notifyAll(); // each handler that waits has to see it
      ending = List.copyOf(started);
    }
    boolean interrupted = false;
    for (Thread handler : ending) {
      while (handler.isAlive()) {
        try {
          handler.join(); // outside of the lock: to end, they need it
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

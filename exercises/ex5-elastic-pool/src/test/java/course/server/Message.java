package course.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A message that takes until the test lets it end. It notes what becomes of it. */
final class Message implements Runnable {
  private final Semaphore begun = new Semaphore(0); // as many as it was begun
  private final AtomicInteger handled = new AtomicInteger(); // how many times
  private final CountDownLatch mayEnd;
  private final Duration work;
  private volatile boolean interrupted;

  private Message(int holds, Duration work) {
    mayEnd = new CountDownLatch(holds);
    this.work = work;
  }

  /** Takes no time. */
  static Message quick() {
    return taking(Duration.ZERO);
  }

  /** Takes so long by the clock of the run, which stands still while any thread can move. */
  static Message taking(Duration work) {
    return new Message(0, work);
  }

  /** Is handled until {@link #end}. */
  static Message slow() {
    return new Message(1, Duration.ZERO);
  }

  @Override
  public void run() {
    begun.release();
    try {
      mayEnd.await();
      if (work.isPositive()) { // or it would end only when nobody else can move
        Thread.sleep(work);
      }
      handled.incrementAndGet();
    } catch (InterruptedException e) {
      interrupted = true;
      Thread.currentThread().interrupt(); // the handler has to see it too
    }
    HandlerThreads.isIdleAgain();
  }

  /** Waits until it is begun: once for each time that this is called. */
  void awaitBegin() throws InterruptedException {
    begun.acquire();
  }

  void end() {
    mayEnd.countDown();
  }

  boolean isHandled() {
    return handled.get() > 0;
  }

  /** Fails unless this message was handled once, to its end. */
  void wasHandled(String name) {
    wasHandled(name, 1);
  }

  /** Fails unless this message was handled so many times, each time to its end. */
  void wasHandled(String name, int times) {
    if (interrupted) {
      throw new AssertionError(name + " was interrupted while it was handled");
    }
    if (handled.get() != times) {
      throw new AssertionError(
          "%s was handled to its end %s times, not %d".formatted(name, handled, times));
    }
  }
}

package course.server;

import course.testkit.ThreadEnds;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A message that takes until the test lets it end. It notes what becomes of it. */
final class Message implements Runnable {
  final CountDownLatch begun = new CountDownLatch(1);
  final AtomicInteger handled = new AtomicInteger(); // how many times
  private final Semaphore ended = new Semaphore(0); // as many as it was handled
  private final CountDownLatch mayEnd;
  private volatile boolean interrupted;
  private volatile Thread handler; // the last that it was handled by

  private Message(int holds) {
    mayEnd = new CountDownLatch(holds);
  }

  /** Takes no time. */
  static Message quick() {
    return new Message(0);
  }

  /** Is handled until {@link #end}. */
  static Message slow() {
    return new Message(1);
  }

  @Override
  public void run() {
    handler = Thread.currentThread();
    begun.countDown();
    try {
      mayEnd.await();
      handled.incrementAndGet();
      ended.release();
    } catch (InterruptedException e) {
      interrupted = true;
      Thread.currentThread().interrupt(); // the handler has to see it too
    }
  }

  /** Waits until it was handled so many times, to its end. */
  void awaitHandled(int times) throws InterruptedException {
    ended.acquire(times);
  }

  /** Fails unless the thread that handled this message has ended. */
  void handlerHasEnded(String name) {
    if (!ThreadEnds.hasEnded(handler)) {
      throw new AssertionError("close returned, but the thread that handled " + name + " lives");
    }
  }

  void end() {
    mayEnd.countDown();
  }

  /** Fails unless this message was handled as often as it was accepted. */
  void wasHandledIf(AtomicInteger accepted) {
    if (handled.get() != accepted.get()) {
      throw new AssertionError(
          "accepted %s times, but handled %s times".formatted(accepted, handled));
    }
  }

  /** Fails unless this message was handled so many times, to its end. */
  void wasHandled(String name, int times) {
    if (interrupted) {
      throw new AssertionError(name + " was interrupted while it was handled");
    }
    if (handled.get() != times) {
      throw new AssertionError(
          "%s: handled to the end %s times, not %d".formatted(name, handled, times));
    }
  }
}

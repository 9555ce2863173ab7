package course.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the pool's threads, and counts them. Thread-safe. */
final class HandlerThreads implements ThreadFactory {
  /** So often, and the interleaving tester lets all others go on first, those that it held too. */
  private static final int YIELDS = 10;

  private final ThreadFactory threads = Thread.ofVirtual().name("handler ", 1).factory();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger alive = new AtomicInteger();
  private final CountDownLatch ends;

  private HandlerThreads(int ends) {
    this.ends = new CountDownLatch(ends);
  }

  /** The test does not wait for the end of any. */
  static HandlerThreads counted() {
    return new HandlerThreads(0);
  }

  /** The test waits until so many have ended: see {@link #awaitEnds}. */
  static HandlerThreads ofWhichEnd(int number) {
    return new HandlerThreads(number);
  }

  @Override
  public Thread newThread(Runnable handler) {
    made.incrementAndGet();
    alive.incrementAndGet();
    return threads.newThread(() -> {
      try {
        handler.run();
      } finally {
        alive.decrementAndGet();
        ends.countDown();
      }
    });
  }

  void awaitEnds() throws InterruptedException {
    ends.await();
  }

  /** Fails unless so many were ever started. */
  void wereStarted(int number) {
    if (made.get() != number) {
      throw new AssertionError(made + " handlers were started, not " + number);
    }
  }

  /** Fails if more were ever started; only for a test in which none of them may end. */
  void areAtMost(int most) {
    if (made.get() > most) {
      throw new AssertionError(made + " handlers were in a pool of at most " + most);
    }
  }

  /** Fails if fewer live, once whoever is about to end has ended. */
  void areAtLeast(int least) {
    for (int n = 0; n < YIELDS; n++) {
      Thread.yield();
    }
    if (alive.get() < least) {
      throw new AssertionError(alive + " handlers are left in a pool of at least " + least);
    }
  }

  /** Fails if any lives. */
  void haveEnded() {
    if (alive.get() != 0) {
      throw new AssertionError("close returned, but " + alive + " handlers live");
    }
  }
}

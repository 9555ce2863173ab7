package course.server;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the pool's threads, and counts them. Thread-safe. */
final class HandlerThreads implements ThreadFactory {
  /** So often, and the interleaving tester lets all others go on first, those that it held too. */
  private static final int YIELDS = 10;

  /** By the clock of the run, in nanoseconds: of each handler its own. */
  private static final ScopedValue<AtomicLong> IDLE_SINCE = ScopedValue.newInstance();

  private final ThreadFactory threads = Thread.ofVirtual().name("handler ", 1).factory();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger alive = new AtomicInteger();
  private final Duration idle;
  private final CountDownLatch ends;
  private final Deque<CountDownLatch> left =
      new ConcurrentLinkedDeque<>(); // one for each that is late
  private final boolean late;

  private HandlerThreads(Duration idle, int ends, boolean late) {
    this.idle = idle;
    this.ends = new CountDownLatch(ends);
    this.late = late;
  }

  /** These may end at any time. */
  static HandlerThreads counted() {
    return new HandlerThreads(Duration.ZERO, 0, false);
  }

  /** These may end at any time, and for one of them the test waits: see {@link #awaitEnds}. */
  static HandlerThreads endingOnce() {
    return new HandlerThreads(Duration.ZERO, 1, false);
  }

  /** So many live on until the test lets them end, and it waits for so many: {@link #awaitEnds}. */
  static HandlerThreads endingLate(int ends) {
    return new HandlerThreads(Duration.ZERO, ends, true);
  }

  /**
   * A handler that ends before it has been idle for so long fails the test, which does not close
   * its pool.
   *
   * @param ends for so many the test waits: see {@link #awaitEnds}
   */
  static HandlerThreads ending(int ends, Duration idle) {
    return new HandlerThreads(idle, ends, false);
  }

  /** Tells that the current handler's message has ended. */
  static void isIdleAgain() {
    if (IDLE_SINCE.isBound()) { // else the pool has given it to another thread
      IDLE_SINCE.get().set(System.nanoTime());
    }
  }

  @Override
  public Thread newThread(Runnable handler) {
    made.incrementAndGet();
    alive.incrementAndGet();
    var idleSince = new AtomicLong(System.nanoTime());
    return threads.newThread(() -> {
      try {
        ScopedValue.where(IDLE_SINCE, idleSince).run(handler);
        endsNow(idleSince.get());
      } finally {
        leave();
        alive.decrementAndGet(); // it lives until then, and may be held before
      }
    });
  }

  private void endsNow(long idleSince) {
    Duration was = Duration.ofNanos(System.nanoTime() - idleSince);
    if (was.compareTo(idle) < 0) {
      throw new AssertionError(
          "it ended after it had been idle for %,d ms; the idle time is %,d ms"
              .formatted(was.toMillis(), idle.toMillis()));
    }
  }

  private void leave() {
    if (late && ends.getCount() > 0) {
      leaveLate();
    } else {
      ends.countDown();
    }
  }

  private void leaveLate() {
    var mayEnd = new CountDownLatch(1);
    left.add(mayEnd);
    ends.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the first one end that has left the pool, or the last one. */
  void endOne(boolean first) {
    (first ? left.getFirst() : left.getLast()).countDown();
  }

  /** Lets all end that have left the pool. */
  void endAll() {
    left.forEach(CountDownLatch::countDown);
  }

  /** Waits until so many have left the pool. */
  void awaitEnds() throws InterruptedException {
    ends.await();
  }

  /** Fails unless so many were ever started. */
  void wereStarted(int number) {
    if (made.get() != number) {
      throw new AssertionError("handlers that were started: " + made + ", not " + number);
    }
  }

  /** Fails if more were ever started; only for a test in which none of them may end. */
  void areAtMost(int maximum) {
    if (made.get() > maximum) {
      throw new AssertionError(
          "handlers that were started: " + made + "; the maximum is " + maximum);
    }
  }

  /** Fails if fewer live, once whoever is about to end has ended. */
  void areAtLeast(int minimum) {
    for (int n = 0; n < YIELDS; n++) {
      Thread.yield();
    }
    if (alive.get() < minimum) {
      throw new AssertionError("handlers that are left: " + alive + "; the minimum is " + minimum);
    }
  }

  /** Fails unless so many live. */
  void areAlive(int number, String when) {
    if (alive.get() != number) {
      throw new AssertionError("handlers %s: %s, not %d".formatted(when, alive, number));
    }
  }

  /** Fails unless fewer live. */
  void areFewerThan(int number, String when) {
    if (alive.get() >= number) {
      throw new AssertionError("handlers %s: still %s".formatted(when, alive));
    }
  }

  /** Fails if any lives. */
  void haveEnded() {
    if (alive.get() != 0) {
      throw new AssertionError("handlers that live when close has returned: " + alive);
    }
  }
}

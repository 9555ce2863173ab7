package course.interleave.turns;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * The synchronizer of the JDK's that a thread waits in, if it is one that tells whether what is
 * waited for has come. Guarded by the lock of the run.
 */
final class Awaited {
  private Object synchronizer; // or null
  private int permits; // of a semaphore
  private long since; // who has waited longest has the smallest number

  /** The thread is about to wait in a latch or, for so many permits, in a semaphore. */
  void begin(Object begun, int wanted, long now) {
    boolean tells = begun.getClass() == CountDownLatch.class || begun.getClass() == Semaphore.class;
    synchronizer = tells ? begun : null; // code under test that is derived from them is not asked
    permits = wanted;
    since = now;
  }

  void end() {
    synchronizer = null;
  }

  /** Returns whether the thread waits for what has not come. */
  boolean isMissing() {
    return synchronizer != null && !hasCome();
  }

  /** Returns whether it waits for what has come, if nobody else takes it first. */
  boolean hasCome() {
    return switch (synchronizer) {
      case CountDownLatch latch -> latch.getCount() == 0;
      case Semaphore semaphore -> semaphore.availablePermits() >= permits;
      case null, default -> false;
    };
  }

  /** Returns whether it waits for the same as another, and began earlier. */
  @SuppressWarnings("ReferenceEquality") // the same synchronizer, not an equal one
  boolean isBefore(Awaited other) {
    return synchronizer == other.synchronizer && since < other.since;
  }
}

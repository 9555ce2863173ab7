package course.interleave.marks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * What code calls, under test or not, to wait for a latch or a semaphore: these show whether a
 * thread still waits, or is woken and has no core yet. Or to wait until an executor has ended,
 * which is a wait without a time limit, though it does not look like one. Each method stands in for
 * the one of the JDK with the same name; those that take a time are in {@link TimeLimits}.
 */
public final class Synchronizers {
  private Synchronizers() {}

  public static void await(CountDownLatch latch) throws InterruptedException {
    try (var _ = Marks.gate.awaiting(latch, 1)) {
      latch.await();
    }
  }

  public static void acquire(Semaphore semaphore) throws InterruptedException {
    try (var _ = Marks.gate.awaiting(semaphore, 1)) {
      semaphore.acquire();
    }
  }

  public static void acquire(Semaphore semaphore, int permits) throws InterruptedException {
    try (var _ = Marks.gate.awaiting(semaphore, permits)) {
      semaphore.acquire(permits);
    }
  }

  public static void acquireUninterruptibly(Semaphore semaphore) {
    try (var _ = Marks.gate.awaiting(semaphore, 1)) {
      semaphore.acquireUninterruptibly();
    }
  }

  public static void acquireUninterruptibly(Semaphore semaphore, int permits) {
    try (var _ = Marks.gate.awaiting(semaphore, permits)) {
      semaphore.acquireUninterruptibly(permits);
    }
  }

  /** The JDK's own executors wait for a day in there, and then for another one. */
  public static void close(ExecutorService executor) {
    try (var _ = Marks.gate.time().forEver()) {
      executor.close();
    }
  }
}

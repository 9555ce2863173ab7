package course.interleave.marks;

import course.interleave.turns.OwnTime;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;

/**
 * What code calls, under test or not, to wait for something, and for a time at most: the run's own.
 * Each method stands in for the one of the JDK with the same name; the last parameter is the call's
 * point. It throws what that one throws, as the compiler has seen to at the call.
 */
public final class TimeLimits {
  private static final TimeUnit NANOS = TimeUnit.NANOSECONDS;

  private TimeLimits() {}

  // Queues.

  public static Object poll(BlockingQueue<?> queue, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(null, queue, "poll", time, unit, call, n -> queue.poll(n, NANOS));
  }

  public static <T> boolean offer(
      BlockingQueue<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, queue, "offer", time, unit, call, n -> queue.offer(element, n, NANOS));
  }

  public static Object pollFirst(BlockingDeque<?> queue, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(null, queue, "pollFirst", time, unit, call, n -> queue.pollFirst(n, NANOS));
  }

  public static Object pollLast(BlockingDeque<?> queue, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(null, queue, "pollLast", time, unit, call, n -> queue.pollLast(n, NANOS));
  }

  public static <T> boolean offerFirst(
      BlockingDeque<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(
        false, queue, "offerFirst", time, unit, call, n -> queue.offerFirst(element, n, NANOS));
  }

  public static <T> boolean offerLast(
      BlockingDeque<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(
        false, queue, "offerLast", time, unit, call, n -> queue.offerLast(element, n, NANOS));
  }

  public static <T> boolean tryTransfer(
      TransferQueue<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(
        false, queue, "tryTransfer", time, unit, call, n -> queue.tryTransfer(element, n, NANOS));
  }

  // Locks and the like.

  public static boolean tryLock(Lock lock, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, lock, "tryLock", time, unit, call, n -> lock.tryLock(n, NANOS));
  }

  public static long tryReadLock(StampedLock lock, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(0L, lock, "tryReadLock", time, unit, call, n -> lock.tryReadLock(n, NANOS));
  }

  public static long tryWriteLock(StampedLock lock, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(0L, lock, "tryWriteLock", time, unit, call, n -> lock.tryWriteLock(n, NANOS));
  }

  public static boolean tryAcquireNanos(
      AbstractQueuedSynchronizer lock, int argument, long nanos, int call)
      throws InterruptedException {
    return orFalse(nanos, call, n -> lock.tryAcquireNanos(argument, n));
  }

  public static boolean tryAcquireSharedNanos(
      AbstractQueuedSynchronizer lock, int argument, long nanos, int call)
      throws InterruptedException {
    return orFalse(nanos, call, n -> lock.tryAcquireSharedNanos(argument, n));
  }

  public static boolean tryAcquireNanos(
      AbstractQueuedLongSynchronizer lock, long argument, long nanos, int call)
      throws InterruptedException {
    return orFalse(nanos, call, n -> lock.tryAcquireNanos(argument, n));
  }

  public static boolean tryAcquireSharedNanos(
      AbstractQueuedLongSynchronizer lock, long argument, long nanos, int call)
      throws InterruptedException {
    return orFalse(nanos, call, n -> lock.tryAcquireSharedNanos(argument, n));
  }

  public static boolean tryAcquire(Semaphore semaphore, long time, TimeUnit unit, int call)
      throws InterruptedException {
    try (var _ = Marks.gate.awaiting(semaphore, 1)) {
      return orElse(
          false, semaphore, "tryAcquire", time, unit, call, n -> semaphore.tryAcquire(n, NANOS));
    }
  }

  public static boolean tryAcquire(
      Semaphore semaphore, int permits, long time, TimeUnit unit, int call)
      throws InterruptedException {
    try (var _ = Marks.gate.awaiting(semaphore, permits)) {
      return orElse(
          false,
          semaphore,
          "tryAcquire",
          time,
          unit,
          call,
          n -> semaphore.tryAcquire(permits, n, NANOS));
    }
  }

  public static boolean await(CountDownLatch latch, long time, TimeUnit unit, int call)
      throws InterruptedException {
    try (var _ = Marks.gate.awaiting(latch, 1)) {
      return orElse(false, latch, "await", time, unit, call, n -> latch.await(n, NANOS));
    }
  }

  public static int await(CyclicBarrier barrier, long time, TimeUnit unit, int call)
      throws Exception {
    return orThrow(barrier, "await", time, unit, call, n -> barrier.await(n, NANOS));
  }

  public static <T> Object exchange(
      Exchanger<T> exchanger, T mine, long time, TimeUnit unit, int call) throws Exception {
    return orThrow(
        exchanger, "exchange", time, unit, call, n -> exchanger.exchange(mine, n, NANOS));
  }

  public static int awaitAdvanceInterruptibly(
      Phaser phaser, int phase, long time, TimeUnit unit, int call) throws Exception {
    return orThrow(
        phaser,
        "awaitAdvanceInterruptibly",
        time,
        unit,
        call,
        n -> phaser.awaitAdvanceInterruptibly(phase, n, NANOS));
  }

  public static Object get(Future<?> future, long time, TimeUnit unit, int call) throws Exception {
    return orThrow(future, "get", time, unit, call, n -> future.get(n, NANOS));
  }

  public static boolean awaitTermination(
      ExecutorService executor, long time, TimeUnit unit, int call) throws InterruptedException {
    return orElse(
        false,
        executor,
        "awaitTermination",
        time,
        unit,
        call,
        n -> executor.awaitTermination(n, NANOS));
  }

  // Futures that a timer of the JDK's would end: a thread of the run does it.

  public static <T> CompletableFuture<T> orTimeout(
      CompletableFuture<T> future, long time, TimeUnit unit, int call) {
    return afterTime(
        future, time, unit, call, () -> future.completeExceptionally(new TimeoutException()));
  }

  public static <T> CompletableFuture<T> completeOnTimeout(
      CompletableFuture<T> future, T value, long time, TimeUnit unit, int call) {
    return afterTime(future, time, unit, call, () -> future.complete(value));
  }

  private static <T> CompletableFuture<T> afterTime(
      CompletableFuture<T> future, long time, TimeUnit unit, int call, Runnable end) {
    if (!future.isDone() && Marks.gate.time().comes(unit.toNanos(time))) {
      Marks.startVirtualThread(() -> {
        try {
          get(future, time, unit, call);
        } catch (TimeoutException e) {
          end.run();
        } catch (Exception e) {
          // It has ended by itself.
        }
      });
    }
    return future;
  }

  // What comes of a call whose time runs out.

  private static <T> T orElse(
      T ifRunOut,
      Object target,
      String method,
      long time,
      TimeUnit unit,
      int call,
      OwnTime.Timed<T, RuntimeException> timed)
      throws InterruptedException {
    return Marks.gate.time().timed(target, method, unit.toNanos(time), call, timed, () -> ifRunOut);
  }

  /** Of a method that no class can override. */
  private static boolean orFalse(
      long nanos, int call, OwnTime.Timed<Boolean, RuntimeException> timed)
      throws InterruptedException {
    return Marks.gate.time().timed(nanos, call, timed, () -> false);
  }

  private static <T> T orThrow(
      Object target,
      String method,
      long time,
      TimeUnit unit,
      int call,
      OwnTime.Timed<T, Exception> timed)
      throws Exception {
    return Marks.gate
        .time()
        .timed(
            target,
            method,
            unit.toNanos(time),
            call,
            timed,
            () -> {
              throw new TimeoutException();
            });
  }
}

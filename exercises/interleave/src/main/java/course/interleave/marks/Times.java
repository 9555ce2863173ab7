package course.interleave.marks;

import course.interleave.turns.OwnTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
import java.util.concurrent.locks.Lock;

/**
 * What code calls, under test or not, to know the time or to wait for one: the run's own. Each
 * method stands in for the one of the JDK with the same name; the last parameter is the call's
 * point. It throws what that one throws, as the compiler has seen to at the call.
 */
public final class Times {
  /** When the clocks of a run begin, the same in each. */
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final TimeUnit NANOS = TimeUnit.NANOSECONDS;

  private Times() {}

  // Clocks.

  public static long nanoTime() {
    return Marks.gate.time().nanoTime();
  }

  public static long currentTimeMillis() {
    return now().toEpochMilli();
  }

  public static Instant now() {
    return BEGIN.plusNanos(nanoTime());
  }

  public static Instant now(Clock clock) {
    return clock.instant();
  }

  public static Clock systemUTC() {
    return system(ZoneOffset.UTC);
  }

  public static Clock systemDefaultZone() {
    return system(ZoneId.systemDefault());
  }

  public static Clock system(ZoneId zone) {
    InstantSource source = Times::now;
    return source.withZone(zone);
  }

  // Threads.

  public static void sleep(long millis, int call) throws InterruptedException {
    sleep(millis, 0, call);
  }

  public static void sleep(long millis, int nanos, int call) throws InterruptedException {
    sleepNanos(nanos(millis, nanos), call);
  }

  public static void sleep(Duration length, int call) throws InterruptedException {
    sleepNanos(NANOS.convert(length), call);
  }

  public static void sleep(TimeUnit unit, long length, int call) throws InterruptedException {
    sleepNanos(unit.toNanos(length), call);
  }

  private static void sleepNanos(long nanos, int call) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("sleep interrupted");
    }
    Marks.gate.time().sleep(nanos, call);
  }

  public static void join(Thread thread, long millis, int call) throws InterruptedException {
    join(thread, millis, 0, call);
  }

  public static void join(Thread thread, long millis, int nanos, int call)
      throws InterruptedException {
    if (millis == 0 && nanos == 0) {
      thread.join();
    } else {
      joinNanos(thread, nanos(millis, nanos), call);
    }
  }

  public static boolean join(Thread thread, Duration length, int call) throws InterruptedException {
    if (thread.getState() == Thread.State.NEW) {
      throw new IllegalThreadStateException("Thread not started");
    }
    return joinNanos(thread, NANOS.convert(length), call);
  }

  private static boolean joinNanos(Thread thread, long nanos, int call)
      throws InterruptedException {
    return Marks.gate
        .time()
        .timed(
            nanos,
            call,
            n -> {
              TimeUnit.NANOSECONDS.timedJoin(thread, n);
              return !thread.isAlive();
            },
            () -> false);
  }

  private static long nanos(long millis, int nanos) {
    if (millis < 0 || nanos < 0 || nanos > 999_999) {
      throw new IllegalArgumentException(
          millis < 0 ? "timeout value is negative" : "nanosecond timeout value out of range");
    }
    return TimeUnit.MILLISECONDS.toNanos(millis) + nanos;
  }

  public static void parkNanos(long nanos, int call) {
    if (nanos > 0) {
      Marks.gate.time().park(nanos, call);
    }
  }

  public static void parkNanos(Object blocker, long nanos, int call) {
    parkNanos(nanos, call);
  }

  public static void parkUntil(long end, int call) {
    parkNanos(TimeUnit.MILLISECONDS.toNanos(end - currentTimeMillis()), call);
  }

  public static void parkUntil(Object blocker, long end, int call) {
    parkUntil(end, call);
  }

  // Queues.

  public static Object poll(BlockingQueue<?> queue, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(null, time, unit, call, n -> queue.poll(n, NANOS));
  }

  public static <T> boolean offer(
      BlockingQueue<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, time, unit, call, n -> queue.offer(element, n, NANOS));
  }

  public static Object pollFirst(BlockingDeque<?> queue, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(null, time, unit, call, n -> queue.pollFirst(n, NANOS));
  }

  public static Object pollLast(BlockingDeque<?> queue, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(null, time, unit, call, n -> queue.pollLast(n, NANOS));
  }

  public static <T> boolean offerFirst(
      BlockingDeque<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, time, unit, call, n -> queue.offerFirst(element, n, NANOS));
  }

  public static <T> boolean offerLast(
      BlockingDeque<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, time, unit, call, n -> queue.offerLast(element, n, NANOS));
  }

  public static <T> boolean tryTransfer(
      TransferQueue<T> queue, T element, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, time, unit, call, n -> queue.tryTransfer(element, n, NANOS));
  }

  // Locks and the like.

  public static boolean tryLock(Lock lock, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, time, unit, call, n -> lock.tryLock(n, NANOS));
  }

  public static boolean tryAcquire(Semaphore semaphore, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return tryAcquire(semaphore, 1, time, unit, call);
  }

  public static boolean tryAcquire(
      Semaphore semaphore, int permits, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, time, unit, call, n -> semaphore.tryAcquire(permits, n, NANOS));
  }

  public static boolean await(CountDownLatch latch, long time, TimeUnit unit, int call)
      throws InterruptedException {
    return orElse(false, time, unit, call, n -> latch.await(n, NANOS));
  }

  public static int await(CyclicBarrier barrier, long time, TimeUnit unit, int call)
      throws Exception {
    return orThrow(time, unit, call, n -> barrier.await(n, NANOS));
  }

  public static <T> Object exchange(
      Exchanger<T> exchanger, T mine, long time, TimeUnit unit, int call) throws Exception {
    return orThrow(time, unit, call, n -> exchanger.exchange(mine, n, NANOS));
  }

  public static int awaitAdvanceInterruptibly(
      Phaser phaser, int phase, long time, TimeUnit unit, int call) throws Exception {
    return orThrow(time, unit, call, n -> phaser.awaitAdvanceInterruptibly(phase, n, NANOS));
  }

  public static Object get(Future<?> future, long time, TimeUnit unit, int call) throws Exception {
    return orThrow(time, unit, call, n -> future.get(n, NANOS));
  }

  public static boolean awaitTermination(
      ExecutorService executor, long time, TimeUnit unit, int call) throws InterruptedException {
    return orElse(false, time, unit, call, n -> executor.awaitTermination(n, NANOS));
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
      T ifRunOut, long time, TimeUnit unit, int call, OwnTime.Timed<T, RuntimeException> timed)
      throws InterruptedException {
    return Marks.gate.time().timed(unit.toNanos(time), call, timed, () -> ifRunOut);
  }

  private static <T> T orThrow(
      long time, TimeUnit unit, int call, OwnTime.Timed<T, Exception> timed) throws Exception {
    return Marks.gate
        .time()
        .timed(
            unit.toNanos(time),
            call,
            timed,
            () -> {
              throw new TimeoutException();
            });
  }
}

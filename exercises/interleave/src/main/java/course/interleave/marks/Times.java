package course.interleave.marks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * What code calls, under test or not, to know the time or to wait for one: the run's own. Each
 * method stands in for the one of the JDK with the same name; the last parameter is the call's
 * point. It throws what that one throws, as the compiler has seen to at the call. What waits for
 * something else, and for a time at most, is in {@link TimeLimits}.
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

  public static void timedJoin(TimeUnit unit, Thread thread, long time, int call)
      throws InterruptedException {
    if (time > 0) {
      joinNanos(thread, unit.toNanos(time), call);
    }
  }

  private static boolean joinNanos(Thread thread, long nanos, int call)
      throws InterruptedException {
    return Marks.gate
        .time()
        .timed(
            nanos,
            call,
            n -> {
              NANOS.timedJoin(thread, n);
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

  public static void park() {
    park(null);
  }

  public static void park(Object blocker) {
    Marks.gate.time().park(blocker);
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
}

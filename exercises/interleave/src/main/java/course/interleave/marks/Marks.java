package course.interleave.marks;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/**
 * What marked code calls. Each run loads this class anew, beside its own copies of the marked
 * classes: so threads that an earlier run has left behind reach that run, never the current one.
 */
public final class Marks {
  /** The run that this copy belongs to. Set before any marked class is loaded. */
  @SuppressWarnings("NonFinalStaticField") // one per run and class loader
  public static Hooks hooks;

  private static final long NO_LIMIT = Long.MAX_VALUE; // nanoseconds

  private Marks() {}

  public static void reached() {
    hooks.reached();
  }

  public static void arrive(int point) {
    hooks.arrive(point);
  }

  public static void arrive(Object target, int point) {
    hooks.arrive(target, point);
  }

  public static void looping() {
    hooks.looping();
  }

  public static void timed(long length, TimeUnit unit) {
    hooks.timed(unit.toNanos(length));
  }

  public static void timed(Duration length) {
    hooks.timed(TimeUnit.NANOSECONDS.convert(length));
  }

  public static void later() {
    hooks.later();
  }

  public static void entering(Object monitor, int point) {
    hooks.entering(monitor, point);
  }

  public static void entered(Object monitor) {
    hooks.entered(monitor);
  }

  public static void exiting(Object monitor) {
    hooks.exiting(monitor);
  }

  /** Throws it again if it is what ends a thread: that is not for the code under test to catch. */
  public static void caught(Throwable thrown) {
    hooks.caught(thrown);
  }

  public static void initialising(int change) {
    hooks.initialising(change);
  }

  public static void used(Object resource) {
    hooks.used(resource);
  }

  /** Stands in for {@link Thread#start}. */
  public static void start(Thread thread) {
    hooks.starting(thread);
    thread.start();
    hooks.started(thread);
  }

  /** Stands in for {@link Thread.Builder#start}. */
  public static Thread start(Thread.Builder builder, Runnable task) {
    Thread thread = builder.unstarted(task);
    start(thread);
    return thread;
  }

  /** Stands in for {@link Thread#startVirtualThread}. */
  public static Thread startVirtualThread(Runnable task) {
    return start(Thread.ofVirtual(), task);
  }

  /** Stands in for {@link LockSupport#unpark}. */
  public static void unpark(Thread thread) {
    if (thread != null) {
      hooks.unparking(thread);
    }
    LockSupport.unpark(thread);
  }

  /** Stands in for {@link Object#wait()}. */
  public static void wait(Object monitor, int reacquire) throws InterruptedException {
    hooks.await(monitor, NO_LIMIT, reacquire);
  }

  /** Stands in for {@link Object#wait(long)}. */
  public static void wait(Object monitor, long millis, int reacquire) throws InterruptedException {
    wait(monitor, millis, 0, reacquire);
  }

  /** Stands in for {@link Object#wait(long, int)}. */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public static void wait(Object monitor, long millis, int nanos, int reacquire)
      throws InterruptedException {
    if (millis < 0 || nanos < 0 || nanos > 999_999) {
      monitor.wait(millis, nanos); // says what is wrong
    }
    long length = TimeUnit.MILLISECONDS.toNanos(millis) + nanos;
    hooks.await(monitor, length == 0 ? NO_LIMIT : length, reacquire);
  }

  /** Stands in for {@link Object#notify}. */
  public static void notify(Object monitor) {
    if (!hooks.notifyOne(monitor)) {
      monitor.notify();
    }
  }

  /** Stands in for {@link Object#notifyAll}. */
  public static void notifyAll(Object monitor) {
    if (!hooks.notifyEach(monitor)) {
      monitor.notifyAll();
    }
  }

  /** Stands in for {@link Lock#newCondition}. */
  public static Condition newCondition(Lock lock) {
    return hooks.condition(lock);
  }

  /** Stands in for {@link Condition#await()}. */
  public static void await(Condition condition, int reacquire) throws InterruptedException {
    hooks.await(condition, NO_LIMIT, reacquire);
  }

  /** Stands in for {@link Condition#await(long, TimeUnit)}. */
  public static boolean await(Condition condition, long length, TimeUnit unit, int reacquire)
      throws InterruptedException {
    return hooks.await(condition, unit.toNanos(length), reacquire);
  }

  /** Stands in for {@link Condition#awaitNanos}. */
  public static long awaitNanos(Condition condition, long nanos, int reacquire)
      throws InterruptedException {
    long end = System.nanoTime() + nanos;
    hooks.await(condition, nanos, reacquire);
    return end - System.nanoTime();
  }

  /** Stands in for {@link Condition#signal}. */
  public static void signal(Condition condition) {
    if (!hooks.signal(condition)) {
      condition.signal();
    }
  }

  /** Stands in for {@link Condition#signalAll}. */
  public static void signalAll(Condition condition) {
    hooks.signalAll(condition);
  }

  /** Stands in for {@link Executors#newVirtualThreadPerTaskExecutor}. */
  public static ExecutorService newVirtualThreadPerTaskExecutor() {
    return Executors.newThreadPerTaskExecutor(factory(Thread.ofVirtual().factory()));
  }

  public static ThreadFactory factory(ThreadFactory factory) {
    return hooks.factory(factory);
  }
}

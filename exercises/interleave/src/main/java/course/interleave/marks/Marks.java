package course.interleave.marks;

import course.interleave.turns.Gate;
import java.util.Date;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What marked code calls; what it calls for time is in {@link Times} and {@link TimeLimits}. Each
 * run loads these anew, beside its own copies of the marked classes: so threads that an earlier run
 * has left behind reach that run, never the current one.
 */
public final class Marks {
  /** The run that this copy belongs to. Set before any marked class is loaded. */
  @SuppressWarnings("NonFinalStaticField") // one per run and class loader
  public static Gate gate;

  private Marks() {}

  public static void reached() {
    gate.reached();
  }

  public static void arrive(int point) {
    gate.arrive(null, null, point);
  }

  public static void arrive(Object target, int point) {
    gate.arrive(target, null, point);
  }

  /** The argument is a key or an element, which may be in the target, or not. */
  public static void arrive(Object target, Object argument, int point) {
    gate.arrive(target, argument, point);
  }

  /** A call on the other has returned the one. */
  public static void isView(Object view, Object of) {
    gate.isView(view, of);
  }

  public static void looping() {
    gate.looping();
  }

  public static void later() {
    gate.later();
  }

  public static void entered(Object monitor) {
    gate.entered(monitor);
  }

  public static void exiting(Object monitor) {
    gate.exiting(monitor);
  }

  /** Throws it again if it is what ends a thread: that is not for the code under test to catch. */
  public static void caught(Throwable thrown) {
    gate.caught(thrown);
  }

  public static void initialising(int change) {
    gate.initialising(change);
  }

  public static void used(Object resource) {
    gate.used(resource);
  }

  /** Stands in for {@link Thread#start}. */
  public static void start(Thread thread) {
    gate.start(thread);
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
      gate.unparking(thread);
    }
    LockSupport.unpark(thread);
  }

  /** Stands in for {@link Thread#interrupt}. */
  public static void interrupt(Thread thread) {
    gate.interrupting(thread);
    thread.interrupt();
  }

  /** Stands in for {@link Object#wait()}. */
  public static void wait(Object monitor, int reacquire) throws InterruptedException {
    gate.await(monitor, Gate.NO_LIMIT, reacquire);
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
    gate.await(monitor, length == 0 ? Gate.NO_LIMIT : length, reacquire);
  }

  /** Stands in for {@link TimeUnit#timedWait}. */
  public static void timedWait(TimeUnit unit, Object monitor, long time, int reacquire)
      throws InterruptedException {
    if (time > 0) {
      gate.await(monitor, unit.toNanos(time), reacquire);
    }
  }

  /** Stands in for {@link Object#notify}. */
  public static void notify(Object monitor) {
    gate.notifyOne(monitor);
  }

  /** Stands in for {@link Object#notifyAll}. */
  public static void notifyAll(Object monitor) {
    gate.notifyEach(monitor);
  }

  /** Stands in for {@link Lock#newCondition}. */
  public static Condition newCondition(Lock lock) {
    return gate.conditions().condition(lock);
  }

  /** Stands in for {@link Condition#await()}. */
  public static void await(Condition condition, int reacquire) throws InterruptedException {
    gate.conditions().await(condition, Gate.NO_LIMIT, reacquire);
  }

  /** Stands in for {@link Condition#await(long, TimeUnit)}. */
  public static boolean await(Condition condition, long length, TimeUnit unit, int reacquire)
      throws InterruptedException {
    return gate.conditions().await(condition, unit.toNanos(length), reacquire);
  }

  /** Stands in for {@link Condition#awaitNanos}. */
  public static long awaitNanos(Condition condition, long nanos, int reacquire)
      throws InterruptedException {
    long end = gate.time().nanoTime() + nanos;
    gate.conditions().await(condition, nanos, reacquire);
    return end - gate.time().nanoTime();
  }

  /** Stands in for {@link Condition#awaitUntil}. */
  @SuppressWarnings("JavaUtilDate") // it is the JDK's own parameter
  public static boolean awaitUntil(Condition condition, Date end, int reacquire)
      throws InterruptedException {
    long millis = end.getTime() - Times.currentTimeMillis();
    return gate.conditions().await(condition, TimeUnit.MILLISECONDS.toNanos(millis), reacquire);
  }

  /** Stands in for {@link Condition#awaitUninterruptibly}. */
  public static void awaitUninterruptibly(Condition condition, int reacquire) {
    gate.conditions().awaitUninterruptibly(condition, reacquire);
  }

  /** Stands in for {@link Condition#signal}. */
  public static void signal(Condition condition) {
    gate.conditions().signal(condition);
  }

  /** Stands in for {@link Condition#signalAll}. */
  public static void signalAll(Condition condition) {
    gate.conditions().signalAll(condition);
  }

  /** Stands in for {@link ReentrantLock#hasWaiters}. */
  public static boolean hasWaiters(ReentrantLock lock, Condition condition) {
    return lock.hasWaiters(condition) || gate.conditions().waiters(condition) > 0;
  }

  /** Stands in for {@link ReentrantLock#getWaitQueueLength}. */
  public static int getWaitQueueLength(ReentrantLock lock, Condition condition) {
    return lock.getWaitQueueLength(condition) + gate.conditions().waiters(condition);
  }

  /** Stands in for {@link ReentrantLock#hasQueuedThreads}. */
  public static boolean hasQueuedThreads(ReentrantLock lock) {
    return lock.hasQueuedThreads() || gate.conditions().queued(lock) > 0;
  }

  /** Stands in for {@link ReentrantLock#hasQueuedThread}. */
  public static boolean hasQueuedThread(ReentrantLock lock, Thread thread) {
    return lock.hasQueuedThread(thread) || gate.conditions().isQueued(thread, lock);
  }

  /** Stands in for {@link ReentrantLock#getQueueLength}. */
  public static int getQueueLength(ReentrantLock lock) {
    return lock.getQueueLength() + gate.conditions().queued(lock);
  }

  /** Stands in for {@link Executors#newVirtualThreadPerTaskExecutor}. */
  public static ExecutorService newVirtualThreadPerTaskExecutor() {
    return Executors.newThreadPerTaskExecutor(factory(Thread.ofVirtual().factory()));
  }

  public static ThreadFactory factory(ThreadFactory factory) {
    return gate.factory(factory);
  }
}

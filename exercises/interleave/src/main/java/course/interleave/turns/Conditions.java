package course.interleave.turns;

import course.interleave.schedule.Points;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes conditions of locks, waits for them and signals them, for the current thread; and tells of
 * who waits outside of the JDK's own queues. Thread-safe.
 */
public final class Conditions {
  private final RunState run;
  private final Waiting waiting;
  private final OwnTime time;
  private final Points points;
  private final Map<Condition, ReentrantLock> locks = new ConcurrentHashMap<>();

  Conditions(RunState run, Waiting waiting, OwnTime time, Points points) {
    this.run = run;
    this.waiting = waiting;
    this.time = time;
    this.points = points;
  }

  /** Returns a new condition of the lock. */
  public Condition condition(Lock lock) {
    Condition condition = lock.newCondition();
    if (Monitors.isPlainLock(lock)) {
      locks.put(condition, (ReentrantLock) lock);
    }
    return condition;
  }

  /**
   * It waits for a condition, and takes its lock back at the point.
   *
   * @return whether it was woken in time
   * @throws InterruptedException if it is interrupted meanwhile
   */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public boolean await(Condition condition, long nanos, int reacquire) throws InterruptedException {
    ReentrantLock lock = heldLock(condition);
    if (lock != null && !run.threads.me().isInitialising()) {
      return waiting.await(wait(condition, lock, reacquire, true), nanos);
    }
    if (nanos == Gate.NO_LIMIT) {
      condition.await();
      return true;
    }
    return time.timed(
        condition, "awaitNanos", nanos, reacquire, n -> condition.awaitNanos(n) > 0, () -> false);
  }

  /** It waits for a condition whatever interrupts it, and takes its lock back at the point. */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public void awaitUninterruptibly(Condition condition, int reacquire) {
    ReentrantLock lock = heldLock(condition);
    if (lock == null || run.threads.me().isInitialising()) {
      condition.awaitUninterruptibly();
      return;
    }
    try {
      waiting.await(wait(condition, lock, reacquire, false), Gate.NO_LIMIT);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a wait that no interrupt ends was ended by one", e);
    }
  }

  private Wait wait(Condition condition, ReentrantLock lock, int reacquire, boolean interruptible) {
    return new Wait.ForCondition(condition, lock, points.get(reacquire), interruptible);
  }

  /** Wakes one thread that waits for the condition. */
  public void signal(Condition condition) {
    ReentrantLock lock = heldLock(condition);
    boolean isKnown = lock != null && !lock.hasWaiters(condition); // in a way that is not known
    if (!isKnown || !waiting.signal(condition)) {
      condition.signal();
    }
  }

  /** Wakes all threads that wait for the condition. */
  public void signalAll(Condition condition) {
    if (heldLock(condition) != null) {
      waiting.wakeAll(condition);
    }
    condition.signalAll(); // for those that wait in a way that is not known
  }

  /** Returns how many threads wait for the condition, of which its lock knows nothing. */
  public int waiters(Condition condition) {
    return waiting.waiters(condition);
  }

  /** Returns how many threads wait for the lock, which knows nothing of them. */
  public int queued(ReentrantLock lock) {
    return waiting.queued(lock);
  }

  /** Returns whether a thread is one of those. */
  public boolean isQueued(Thread thread, ReentrantLock lock) {
    return waiting.isQueued(thread, lock);
  }

  /**
   * Returns a condition's lock; null if it is not known, or the current thread does not hold it.
   */
  private ReentrantLock heldLock(Condition condition) {
    ReentrantLock lock = locks.get(condition);
    return lock != null && lock.isHeldByCurrentThread() ? lock : null;
  }
}

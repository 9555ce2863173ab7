package course.interleave;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where a thread waits until another wakes it, and the lock that it gives away meanwhile. */
sealed interface WaitSet {
  /** To sleep until it is woken, in nanoseconds. */
  long NO_LIMIT = Long.MAX_VALUE;

  /** Returns the object through which it is woken. */
  Object key();

  /** Returns the lock. */
  Object lock();

  /** Gives the lock away. */
  void giveAway();

  /**
   * Takes the lock back.
   *
   * @param atEnd whether the run is over: others, which will end as well, may keep the lock
   */
  void takeBack(boolean atEnd);

  /**
   * Sleeps until it is roused, or for so many nanoseconds.
   *
   * @param turn the thread's own
   * @param run the lock of the run, which it gives away as well
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Condition turn, ReentrantLock run, long nanos) throws InterruptedException;

  /**
   * The wait set of a monitor. Only {@link Object#wait} gives a monitor away: so the thread sleeps
   * in it, and has the monitor when it wakes up.
   */
  record OfMonitor(Object key) implements WaitSet {
    @Override
    public Object lock() {
      return key;
    }

    @Override
    public void giveAway() {}

    @Override
    public void takeBack(boolean atEnd) {}

    @Override
    @SuppressWarnings("WaitNotInLoop") // it is the caller's
    public void sleep(Condition turn, ReentrantLock run, long nanos) throws InterruptedException {
      run.unlock();
      try {
        if (nanos == NO_LIMIT) {
          key.wait();
        } else {
          TimeUnit.NANOSECONDS.timedWait(key, nanos);
        }
      } finally {
        run.lock();
      }
    }
  }

  /**
   * A condition of a lock.
   *
   * @param holds how often the thread has taken the lock
   */
  record OfCondition(Condition key, ReentrantLock lock, int holds) implements WaitSet {
    @Override
    public void giveAway() {
      for (int i = 0; i < holds; i++) {
        lock.unlock();
      }
    }

    @Override
    public void takeBack(boolean atEnd) {
      for (int i = 0; i < holds; i++) {
        if (!atEnd) {
          lock.lock();
        } else if (!lock.tryLock()) {
          return;
        }
      }
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // it is the caller's
    public void sleep(Condition turn, ReentrantLock run, long nanos) throws InterruptedException {
      if (nanos == NO_LIMIT) {
        turn.await();
      } else {
        turn.awaitNanos(nanos);
      }
    }
  }
}

package course.interleave.turns;

import course.interleave.schedule.Point;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One wait of a thread until another wakes it through the key, and the lock that it gives away
 * meanwhile. Guarded by the lock of the run. Its fields are written here only.
 */
abstract sealed class Wait {
  final Object key;
  final Object lock;
  final Point reacquires; // where it takes the lock back
  long since; // who has waited longest has the smallest number
  boolean woken; // by another of the run, or because its time has passed
  boolean stirred; // it may have woken up though nobody meant it
  boolean awaitsInterrupt; // one is on its way: its thread does not see it yet, or not any more
  boolean interrupted; // after it was woken: that is for later

  private Wait(Object key, Object lock, Point reacquires) {
    this.key = key;
    this.lock = lock;
    this.reacquires = reacquires;
  }

  void begin(long now) {
    since = now;
  }

  void wake() {
    woken = true;
  }

  void stir() {
    stirred = true;
  }

  void interruptComes() {
    awaitsInterrupt = true;
  }

  /** Returns whether nothing ends it that is known of. */
  boolean goesOn() {
    return !woken && !awaitsInterrupt;
  }

  void interruptLater() {
    awaitsInterrupt = false;
    interrupted = true;
  }

  /** Returns whether an interrupt ends it. */
  boolean isInterruptible() {
    return true;
  }

  /** Gives the lock away. */
  void giveAway() {}

  /**
   * Takes the lock back.
   *
   * @param atEnd whether the run is over: others, which will end as well, may keep the lock
   */
  void takeBack(boolean atEnd) {}

  /** Sleeps until it is roused, and gives the run's lock away meanwhile. */
  final void sleep(Condition turn, ReentrantLock run) throws InterruptedException {
    stirred = false;
    doSleep(turn, run);
  }

  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  void doSleep(Condition turn, ReentrantLock run) throws InterruptedException {
    turn.await();
  }

  /**
   * A wait in a monitor. Only {@link Object#wait} gives a monitor away: so the thread sleeps in it,
   * and has the monitor when it wakes up.
   */
  static final class InMonitor extends Wait {
    InMonitor(Object monitor, Point reacquires) {
      super(monitor, monitor, reacquires);
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // it is the caller's
    void doSleep(Condition turn, ReentrantLock run) throws InterruptedException {
      run.unlock();
      try {
        key.wait();
      } finally {
        run.lock();
      }
    }
  }

  /** A wait for a condition of a lock. */
  static final class ForCondition extends Wait {
    private final ReentrantLock taken;
    private final int holds; // how often the thread has taken the lock
    private final boolean interruptible;

    ForCondition(Condition condition, ReentrantLock lock, Point reacquires, boolean interruptible) {
      super(condition, lock, reacquires);
      taken = lock;
      this.interruptible = interruptible;
      holds = lock.getHoldCount();
    }

    @Override
    boolean isInterruptible() {
      return interruptible;
    }

    @Override
    void giveAway() {
      for (int i = 0; i < holds; i++) {
        taken.unlock();
      }
    }

    @Override
    void takeBack(boolean atEnd) {
      for (int i = 0; i < holds; i++) {
        if (!atEnd) {
          taken.lock();
        } else if (!taken.tryLock()) {
          return;
        }
      }
    }
  }

  /** A wait for nothing but a time. */
  static final class ForTime extends Wait {
    ForTime() {
      super(new Object(), null, Point.RESUME);
    }
  }
}

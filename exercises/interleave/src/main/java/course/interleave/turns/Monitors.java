package course.interleave.turns;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;

/** What a thread holds, and what it may have done to others. Guarded by the lock of the run. */
final class Monitors {
  private final Deque<Object> held = new ArrayDeque<>(); // last first
  private Object released;
  private boolean mayHaveWoken;

  void enter(Object monitor) {
    held.push(monitor);
  }

  @SuppressWarnings("ReferenceEquality") // the same monitor, not an equal one
  void exit(Object monitor) {
    mayHaveWoken = true;
    released = monitor;
    for (Iterator<Object> each = held.iterator(); each.hasNext(); ) {
      if (each.next() == monitor) {
        each.remove();
        return;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same monitor, not an equal one
  boolean hold(Object monitor) {
    for (Object each : held) {
      if (each == monitor) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether it is a lock as the JDK has it, which may be asked: it is not code under test.
   * Not a fair one, which chooses by itself who goes first.
   */
  static boolean isPlainLock(Object lock) {
    return lock != null
        && lock.getClass() == ReentrantLock.class
        && !((ReentrantLock) lock).isFair();
  }

  /** Returns the lock that was given back since the last point; notes what the next gives back. */
  Object release(Object next) {
    Object before = released;
    released = next;
    return before;
  }

  /** Returns whether the thread may have woken others since its last point. */
  boolean mayHaveWoken() {
    return mayHaveWoken;
  }

  void mayWake(boolean others) {
    mayHaveWoken = others;
  }
}

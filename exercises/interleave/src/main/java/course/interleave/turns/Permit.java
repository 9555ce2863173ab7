package course.interleave.turns;

import java.util.concurrent.locks.LockSupport;

/**
 * The permit of a thread to go on past its next {@link LockSupport#park}. The JDK's own is not
 * enough: to wait for its turn a thread parks as well, which uses permits up, and leaves some that
 * nobody gave. Guarded by the lock of the run.
 */
final class Permit {
  private boolean given;

  void give() {
    given = true;
  }

  /** Returns whether it was given, and uses it up. */
  boolean take() {
    boolean wasGiven = given;
    given = false;
    return wasGiven;
  }
}

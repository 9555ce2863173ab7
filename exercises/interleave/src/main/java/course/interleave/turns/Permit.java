package course.interleave.turns;

import java.util.concurrent.locks.LockSupport;

/**
 * The permit of a thread to go on past its next {@link LockSupport#park}. To wait for its turn a
 * thread parks as well: that uses permits up, and leaves some that nobody gave. Guarded by the lock
 * of the run.
 */
final class Permit {
  private boolean given;
  private boolean taken; // since the last point, and maybe not used yet

  /** Somebody means to wake it. */
  void give() {
    given = true;
  }

  /** The current thread has come back from where it parked: returns whether somebody meant it. */
  boolean isTaken() {
    taken |= given;
    given = false;
    return taken;
  }

  /** The current thread is about to park: it has the permit that it was given, and no other. */
  void take() {
    taken = false;
    takeAgain();
  }

  /** The same once more, before it parks: it may have waited for something else meanwhile. */
  void takeAgain() {
    Thread me = Thread.currentThread();
    if (!me.isInterrupted()) { // else it goes on anyway
      me.interrupt(); // so that it goes on here
      LockSupport.park();
      Thread.interrupted();
      if (isTaken()) {
        LockSupport.unpark(me);
      }
    }
  }
}

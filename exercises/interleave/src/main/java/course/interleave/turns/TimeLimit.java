package course.interleave.turns;

import course.interleave.schedule.Point;

/**
 * The time limit of the call that a thread is in, if it has one. Guarded by the lock of the run.
 * Its fields are written here only.
 */
final class TimeLimit {
  Point call; // or null
  long end = Clock.NEVER; // in the run's own time
  boolean hasRunOut;
  boolean parks; // a permit wakes the thread, rather than an interrupt
  private TimeLimit outer; // of the call that this one is made in

  /** The call ends at the latest when that time of the run has come. */
  void begin(Point timedCall, long latestEnd, boolean inPark) {
    var replaced = new TimeLimit();
    replaced.set(this);
    call = timedCall;
    end = latestEnd;
    hasRunOut = false;
    parks = inPark;
    outer = replaced;
  }

  /**
   * The call has ended: that of the call that it was made in is in force again.
   *
   * @return whether its time had run out
   */
  boolean finish() {
    boolean ranOut = hasRunOut;
    set(outer);
    return ranOut;
  }

  private void set(TimeLimit other) {
    call = other.call;
    end = other.end;
    hasRunOut = other.hasRunOut;
    parks = other.parks;
    outer = other.outer;
  }

  void runOut() {
    hasRunOut = true;
    end = Clock.NEVER;
  }

  /**
   * Returns whether it may come though others could move first: it must be one of the code under
   * test, rather than of the scenario.
   */
  boolean mayComeEarly() {
    return call != null && !call.isAnywhere() && end <= Limits.OWN_TIME;
  }
}

package course.interleave.turns;

/**
 * The time of a run: it stands still while anybody can move. Guarded by the lock of the run; to
 * read it takes no lock.
 */
final class Clock {
  /** When a wait without a time limit ends. */
  static final long NEVER = Long.MAX_VALUE;

  private volatile long now; // nanoseconds since the run began
  private int jumps;
  private long spin = Limits.SPIN;

  long now() {
    return now;
  }

  /**
   * Returns when so many nanoseconds will have passed. Who looks up again and again does so less
   * often in the end, as on a machine that is busy, so that a long time passes at all.
   */
  long in(long nanos) {
    if (nanos > Limits.OWN_TIME) {
      return NEVER;
    }
    boolean later = jumps > Limits.JUMPS && nanos > 0;
    return now + Math.max(nanos, later ? now / Limits.LATER : 0);
  }

  /** Goes on to a time, if that is later. */
  void goTo(long time) {
    now = Math.max(now, time);
    jumps++;
  }

  /** Returns whether time has passed so often or so long that the run will never end. */
  boolean hasGoneOnForEver() {
    return jumps > Limits.MAXIMUM_JUMPS || now > Limits.FOR_EVER;
  }

  /** Everybody who can move spins, perhaps until a time has come: each time it gets longer. */
  void goOnForSpinners() {
    now = Math.max(now, Math.min(now + spin, Limits.OWN_TIME));
    spin *= 2;
  }

  /** Somebody moves on. */
  void nobodySpins() {
    spin = Limits.SPIN;
  }
}

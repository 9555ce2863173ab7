package course.interleave.turns;

import java.util.concurrent.TimeUnit;

/**
 * The model's assumptions: how long is long, how often is for ever. Times are in nanoseconds. A
 * beat is one of {@link Pace}: it is longer on a slow machine.
 */
public final class Limits {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  // A thread that spins.

  /** So many points in one turn are more than code needs that does not wait for others. */
  static final int LONG_TURN = 1_000;

  /** A yield says itself that there is nothing to do: five are a long turn. */
  static final int POINTS_FOR_A_YIELD = LONG_TURN / 5;

  /** So often round a loop without a point may be mere arithmetic; after it the turn gets long. */
  static final int LOOPS = 1_000;

  static final int POINTS_FOR_LOOPS = 50;

  /** Who spins waits for what others do; these have had turns for so long. */
  static final long SPINNING = 1_500 * MILLISECOND;

  /** One thread alone needs so many points before it counts as spinning. */
  static final int POINTS_ALONE = 100 * LONG_TURN;

  // Who waits.

  /** So often in a run a thread that waits wakes up though nobody means it; it is rare. */
  static final int WAKE_UPS = 2;

  // Nobody moves.

  /** On an idle machine a beat takes less. */
  static final long BEAT = MILLISECOND / 5;

  /** Beats after which a thread that was woken will have run, on an idle machine. */
  static final int BEATS = 4;

  /** The same for who was interrupted, or waits for a thread that has ended. */
  static final int WAKE_BEATS = 60;

  /** The same in real time: two threads of the JDK's own pass on that a platform thread ended. */
  static final long WAKE = 20 * MILLISECOND;

  /** The same for a verdict; on a busy machine a thread was seen to need more than 50. */
  static final int VERDICT_BEATS = 200;

  /** The same in real time: one needed more than half a second beside two dozen that were busy. */
  static final long LATE_WAKE = 3 * SECOND;

  /** The same as beats, where every thread surely waits, but for what nobody here knows of. */
  static final int SURE_BEATS = 20;

  /** Threads are looked at one after another: one may wake another that was looked at before. */
  static final int SECOND_LOOK = 1;

  /** Most waits begin within microseconds; who looks more often takes a core away from them. */
  static final long POLL = MILLISECOND / 10;

  static final int LOOKS_PER_POLL = 6;

  /** A stack costs much to look at, and tells of a wait that began long ago. */
  static final long LOOK_AT_STACK = 2 * MILLISECOND;

  /** How often a time that passes is looked at. */
  static final long TICK = MILLISECOND;

  /** The kernel, which nobody here sees, answers sooner than that. */
  static final long STUCK = 500 * MILLISECOND;

  /** Where every thread surely waits, only the JDK's own threads are left to move. */
  static final long SURELY_STUCK = 100 * MILLISECOND;

  /** To end takes a thread less than that, once it is told to. */
  static final long LEFT_OVER = 200 * MILLISECOND;

  /** In real time: after it the next run gets new copies of the classes, which take as long. */
  static final long MOMENT_TO_END = 5 * MILLISECOND;

  /** To close sockets and executors takes less, unless they are code under test, and hang. */
  static final long CLOSING = SECOND;

  // The run's own time.

  /** A time limit that is longer never comes; one that ends later in a run comes last. */
  static final long OWN_TIME = 3_600 * SECOND;

  /** Then a run ends in which nobody can move but by time: long after the last of those limits. */
  static final long FOR_EVER = 2 * OWN_TIME;

  /** Time has passed so often, and still the run has not ended: from now on, waits are longer. */
  static final int JUMPS = 2_000;

  /** They take at least that part of the time that has passed until then. */
  static final int LATER = 64;

  /** Time has passed so often, and the run will not end. */
  static final int MAXIMUM_JUMPS = 10_000;

  /** One more wait that begins anew does not let the thread that is held wait for ever. */
  static final int JUMPS_PER_HOLD = 2;

  /** One that looks at the clock gets so many turns then: enough for more than 10 s to pass. */
  static final int SPINS_PER_HOLD = 15;

  /** Beats before time passes where a thread may move unseen, such as one that reads a socket. */
  static final int JUMP_BEATS = 60;

  /** Beats after which a thread of the common pool has taken up a task, if it is to do so. */
  static final int POOL_BEATS = 60;

  /** The same in real time: it was seen to take 16 ms on a busy machine. */
  static final long POOL = 50 * MILLISECOND;

  /** For those that spin until a time has come, it passes in such steps, each twice as long. */
  static final long SPIN = MILLISECOND;

  /** A loop that so often reads the clock within a turn waits for a time. */
  static final int CLOCK_READS = 1_000;

  // Real time, as far as the machine does not stand still.

  /** Between two looks of the watcher; if more passes, the whole machine stood still. */
  static final long LOOK = 50 * MILLISECOND;

  /** No run of a test takes longer, if it ends at all; that beats are slow does not count. */
  static final long RUN = 5 * SECOND;

  /** The same for a run that goes on, though slowly: others need the cores. */
  static final long SLOW_RUN = 12 * SECOND;

  /** On an idle machine, threads that wake each other for ever get there in less than 2 s. */
  static final int MOVEMENT = 300_000;

  /** After so many looks from outside, a second apart, a run that nobody watches is ended. */
  public static final int LOOKS_BEFORE_GIVING_UP = 6;

  /** If that does not help, either, its threads leave no core to others. */
  public static final int LOOKS_WITHOUT_HOPE = 8;

  // Sizes.

  /** A thread that catches everything, and the end of its run as well, is stopped here for ever. */
  static final int UNWOUND = 100;

  /** More steps than that nobody reads. */
  static final int STEPS = 20_000;

  private Limits() {}
}

package course.interleave.turns;

import course.interleave.schedule.Point;
import java.util.List;

/** Why a run has failed: data for a report, taken when it failed; no live thread. */
public sealed interface Failure {
  /** A thread has thrown this. */
  record Thrown(String thread, Throwable cause) implements Failure {}

  /**
   * Every thread waits, and nobody is left to wake them.
   *
   * @param cycle who waits for whose lock until it comes round; empty if it does not
   * @param late whose wait would end by itself some day, and when; null if nobody's would
   */
  record Stuck(List<Standing> threads, List<Waiting> cycle, Late late) implements Failure {}

  /** The threads go on and on, and come to no end. */
  record NoProgress(List<Standing> threads) implements Failure {}

  /** A thread still waits for a time to pass. */
  record TooLong(List<Standing> threads) implements Failure {}

  /** The scenario has ended, these have not. */
  record LeftOver(List<Standing> threads) implements Failure {}

  /** Two threads are about to use the same object, which is not made for that. */
  record Conflict(String type, String one, Point at, String other, Point otherAt)
      implements Failure {}

  /**
   * Where a thread stood.
   *
   * @param at its point, or null
   * @param owner who holds what it is about to take, or null
   * @param frames where it is in the classes of the run
   */
  record Standing(
      String thread, Stage stage, Point at, String owner, List<StackTraceElement> frames) {}

  /** What a thread was about. */
  enum Stage {
    BEFORE_ITS_POINT,
    PAST_ITS_POINT,
    /** Waits for the threads that it started. */
    JOINING
  }

  /**
   * A thread waits for a lock that another holds.
   *
   * @param number distinguishes locks of the same type, from 1
   */
  record Waiting(String thread, String lockType, int number, String owner) {}

  /**
   * A wait that would end by itself.
   *
   * @param seconds from now on
   */
  record Late(String thread, long seconds) {}
}

package course.interleave;

import course.interleave.Choices.Answer;
import course.interleave.Schedule.Hold;
import course.interleave.schedule.Point;
import java.util.List;
import java.util.Set;

/**
 * What came of one run.
 *
 * @param failure what broke, or null
 * @param steps what its threads did, in time order
 * @param holds where a thread may be held in another run: others could go on meanwhile
 * @param answers what its schedule was asked
 * @param clean whether all its threads have ended
 * @param reached whether any method under test was entered
 */
record Outcome(
    Failure failure,
    List<Step> steps,
    Set<Hold> holds,
    List<Answer> answers,
    boolean reached,
    boolean clean) {
  /**
   * What broke.
   *
   * @param what in one or more lines
   * @param cause what was thrown, or null
   */
  record Failure(String what, Throwable cause) {}

  /** What a thread does at a point. */
  record Step(String thread, Event event, Point point) {}

  enum Event {
    PASSES,
    IS_HELD,
    IS_RELEASED
  }
}

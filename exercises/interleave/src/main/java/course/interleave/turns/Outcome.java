package course.interleave.turns;

import course.interleave.schedule.Point;
import course.interleave.schedule.Question.Answer;
import course.interleave.schedule.Schedule.Hold;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * What came of one run.
 *
 * @param failure why it failed, or null
 * @param steps what its threads did, in time order
 * @param holds where a thread may be held in another run: others could go on meanwhile
 * @param answers what its schedule was asked
 * @param tasks how many threads the scenario has started
 * @param reached whether any method under test was entered
 * @param clean whether all its threads have ended
 */
public record Outcome(
    Failure failure,
    List<Step> steps,
    Set<Hold> holds,
    List<Answer> answers,
    int tasks,
    boolean reached,
    boolean clean) {
  /** Returns a number that is hardly ever the same for two orders of steps. */
  public long fingerprint() {
    var threads = new HashMap<String, Integer>(); // a pool's have other names in each run
    long all = 0;
    for (Step step : steps) {
      if (step.event != Event.IS_HELD && step.event != Event.IS_RELEASED) {
        long one =
            31L * threads.computeIfAbsent(step.thread, _ -> threads.size()) + step.point.id();
        all =
            (all ^ (31 * one + step.event.name().hashCode()))
                * 0x9e3779b97f4a7c15L; // spreads the bits
      }
    }
    return all;
  }

  /**
   * What a thread does at a point, or what happens to it there.
   *
   * @param nanos how much time passes before, in the run's own time
   */
  public record Step(String thread, Event event, Point point, long nanos) {}

  public enum Event {
    PASSES,
    IS_HELD,
    IS_RELEASED,
    /** Wakes up though nobody means it. */
    WAKES_UP,
    /** The time limit of a call has come. */
    RUNS_OUT,
    /** The same, though a thread may have been about to get something from outside. */
    RUNS_OUT_DURING_IO
  }
}

package course.interleave.run;

import course.interleave.code.CodeUnderTest;
import course.interleave.code.JdkCalls;
import course.interleave.code.Transfer;
import course.interleave.schedule.Schedule;
import course.interleave.turns.Gate;
import course.interleave.turns.Outcome;
import course.interleave.turns.Pace;
import course.interleave.turns.Scheduler;

/** One run of a scenario under a schedule, from its start until nothing of it is left. */
public final class Execution {
  private final FreshClasses classes;
  private final Scheduler scheduler;
  private final Gate gate;
  private volatile RuntimeException misuse;

  /**
   * @param classes the copies to run, of which no other run has a thread left
   * @param maximumArrivals how many arrivals at a point may be held in other runs
   */
  public Execution(
      CodeUnderTest code, FreshClasses classes, Schedule schedule, int maximumArrivals) {
    this.classes = classes;
    var model =
        new Scheduler.Model(
            classes,
            code.points(),
            code::reloads,
            code::isMarked,
            JdkCalls::unsynchronised,
            code::conflict);
    scheduler = new Scheduler(model, schedule, maximumArrivals);
    gate = scheduler.gate();
  }

  /**
   * Runs the scenario to its end, and leaves nothing of it behind that could pass a point.
   *
   * @throws InterruptedException if the current thread is interrupted
   * @throws IllegalArgumentException if the scenario can't be carried over
   */
  public Outcome conduct(Transfer scenario, Program program, boolean threadsMayRemain, Pace pace)
      throws InterruptedException {
    scheduler.conduct(
        "scenario",
        () -> {
          classes.tell(gate); // not before, or a thread that was left of another run would be first
          program.run(read(scenario), scheduler);
          return null;
        },
        pace,
        threadsMayRemain);
    gate.closeResources();
    scheduler.interruptRest();
    if (misuse != null) {
      throw misuse;
    }
    return scheduler.outcome(gate.hasBeenReached(), scheduler.isClean());
  }

  private Object read(Transfer scenario) throws ReflectiveOperationException {
    try {
      return scenario.into(classes);
    } catch (IllegalArgumentException e) {
      misuse = e;
      throw e;
    }
  }

  /**
   * Returns how long the run has lasted, in nanoseconds; it grows only while it is watched.
   * Thread-safe.
   */
  public long lasted() {
    return scheduler.lasted();
  }

  /** Ends the run from outside, if it is not over. Thread-safe. */
  public void giveUp() {
    scheduler.giveUp();
  }

  /** Returns what came of the run, as far as it got. Thread-safe. */
  public Outcome outcome() {
    return scheduler.outcome(gate.hasBeenReached(), false);
  }
}

package course.interleave.schedule;

import course.interleave.schedule.Schedule.Hold;
import java.util.List;

/** Where a run can go on in more than one way. Threads are known by their numbers. */
public sealed interface Question {
  /** Is this thread held here? */
  record HeldAt(int thread, Hold hold) implements Question {}

  /** Which of these threads has the next turn, or is woken? */
  record Next(List<Integer> ready) implements Question {}

  /** Does this thread let others that are ready have a turn? */
  record GivesWay(int thread) implements Question {}

  /**
   * Does a thread that was just started run before this one goes on?
   *
   * @param sets whether this one is the scenario's, which sets the scene: it may have more to start
   */
  record NewcomerFirst(int thread, boolean sets) implements Question {}

  /**
   * Do those that this thread may have woken run before it goes on?
   *
   * @param admitted whether one of them is known to wait for what this thread has given back
   */
  record WokenFirst(int thread, boolean admitted) implements Question {}

  /** Does the time that this thread waits for come before another thread has its turn? */
  record RunsOut(int thread) implements Question {}

  /** Does this thread, which waits, wake up though nobody means it? */
  record WakesUp(int thread) implements Question {}

  /**
   * A question and its answer.
   *
   * @param number an index into what there is to choose from; or 1 for yes, 0 for no
   * @param idle whether it was a hold during which nobody else moved: the run is the same without
   */
  record Answer(Question question, int number, boolean idle) {}
}

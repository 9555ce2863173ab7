package course.interleave;

import course.interleave.Schedule.Hold;
import java.util.List;
import java.util.Random;

/**
 * What a {@link Schedule} answers wherever a run can go on in more than one way. All else in a run
 * follows from these answers, as far as the code under test lets it. Not thread-safe.
 */
final class Choices {
  /** Threads are known by their {@link Participant#number}. */
  sealed interface Question {
    /** Is this thread held here? */
    record HeldAt(int thread, Hold hold) implements Question {}

    /** Which of these threads has the next turn, or is woken? */
    record Next(List<Integer> ready) implements Question {}

    /** Does this thread let others that are ready have a turn? */
    record GivesWay(int thread) implements Question {}

    /** Does a thread that was just started run before this one goes on? */
    record NewcomerFirst(int thread) implements Question {}

    /**
     * Do those that this thread may have woken run before it goes on?
     *
     * @param admitted whether one of them is known to wait for what this thread has given back
     */
    record WokenFirst(int thread, boolean admitted) implements Question {}
  }

  /**
   * What was asked and answered.
   *
   * @param answer an index into what there is to choose from; or 1 for yes, 0 for no
   * @param idle whether it was a hold during which nobody else moved: the run is the same without
   */
  record Answer(Question question, int answer, boolean idle) {}

  private final Schedule schedule;
  private final Random random;

  Choices(Schedule schedule) {
    this.schedule = schedule;
    random = new Random(schedule.order());
  }

  int answer(Question question) {
    boolean inRandomOrder = schedule.order() > 0;
    boolean newestFirst = schedule.order() == Schedule.NEWEST_FIRST;
    return switch (question) {
      case Question.HeldAt(int _, Hold hold) -> schedule.holds().contains(hold) ? 1 : 0;
      case Question.Next(List<Integer> ready) when inRandomOrder -> random.nextInt(ready.size());
      case Question.Next(List<Integer> ready) -> newestFirst ? ready.size() - 1 : 0;
      case Question.GivesWay _, Question.NewcomerFirst _, Question.WokenFirst _
          when inRandomOrder ->
          random.nextInt(2);
      case Question.GivesWay _ -> 0;
      case Question.NewcomerFirst _ -> newestFirst ? 1 : 0;
      case Question.WokenFirst(int _, boolean admitted) -> newestFirst && admitted ? 1 : 0;
    };
  }
}

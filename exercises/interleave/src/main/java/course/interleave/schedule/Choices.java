package course.interleave.schedule;

import java.util.List;
import java.util.Random;

/**
 * What a {@link Schedule} answers to the questions of a run. All else in a run follows from these
 * answers, as far as the code under test lets it. Not thread-safe.
 */
public final class Choices {
  /** Most of the time limits of correct code are there for rare cases. */
  private static final int RUNS_OUT_ONCE_IN = 4;

  /** Nor does one wake up often that nobody has woken. */
  private static final int WAKES_UP_ONCE_IN = 4;

  private final Schedule schedule;
  private final Random random;

  public Choices(Schedule schedule) {
    this.schedule = schedule;
    random = new Random(schedule.order());
  }

  /** Returns the answer: see {@link Question.Answer#number}. */
  public int answer(Question question) {
    boolean newestFirst = !schedule.isRandom() && schedule.order() != Schedule.OLDEST_FIRST;
    boolean atOnce = schedule.order() == Schedule.NEWEST_FIRST;
    return switch (question) {
      case Question.HeldAt(int _, Schedule.Hold hold) -> schedule.holds().contains(hold) ? 1 : 0;
      case Question.Next(List<Integer> ready) when schedule.isRandom() ->
          random.nextInt(ready.size());
      case Question.Next(List<Integer> ready) -> newestFirst ? ready.size() - 1 : 0;
      case Question.RunsOut _ -> isOnceIn(RUNS_OUT_ONCE_IN) ? 1 : 0;
      case Question.WakesUp _ -> isOnceIn(WAKES_UP_ONCE_IN) ? 1 : 0;
      case Question _ when schedule.isRandom() -> random.nextInt(2);
      case Question.GivesWay _ -> 0;
      case Question.NewcomerFirst(int _, boolean sets) -> newestFirst && (atOnce || !sets) ? 1 : 0;
      case Question.WokenFirst(int _, boolean admitted) -> newestFirst && admitted ? 1 : 0;
    };
  }

  private boolean isOnceIn(int count) {
    return schedule.isRandom() && random.nextInt(count) == 0;
  }
}

package course.interleave.turns;

import course.interleave.schedule.Choices;
import course.interleave.schedule.Point;
import course.interleave.schedule.Question;
import course.interleave.schedule.Question.Answer;
import course.interleave.schedule.Schedule.Hold;
import course.interleave.turns.Outcome.Event;
import course.interleave.turns.Outcome.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the schedule of a run was asked, and what happened, in time order. Guarded by the lock of
 * the run.
 */
final class History {
  private final Choices choices;
  private final int maximumArrivals;
  private final Map<Integer, Integer> arrivals = new HashMap<>();
  private final Set<Hold> holds = new LinkedHashSet<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param maximumArrivals how many arrivals at a point may be held
   */
  History(Choices choices, int maximumArrivals) {
    this.choices = choices;
    this.maximumArrivals = maximumArrivals;
  }

  /** Counts an arrival at a point. */
  Hold arrival(Point point) {
    return new Hold(point.key(), arrivals.merge(point.id(), 1, Integer::sum));
  }

  /** Another run may hold a thread here. */
  void offer(Hold hold) {
    if (hold.arrival() <= maximumArrivals) {
      holds.add(hold);
    }
  }

  int ask(Question question) {
    int answer = choices.answer(question);
    boolean neverHeld =
        question instanceof Question.HeldAt(int _, Hold hold) && hold.arrival() > maximumArrivals;
    if (!neverHeld || answer != 0) {
      answers.add(new Answer(question, answer, false));
    }
    return answer;
  }

  boolean isYes(Question question) {
    return ask(question) == 1;
  }

  void step(Participant who, Event event) {
    if (steps.size() < Limits.STEPS) {
      steps.add(new Step(who.name, event, who.at, 0));
    }
  }

  /**
   * A time limit has come.
   *
   * @param nanos after how much more time
   */
  void runsOut(Participant who, long nanos, boolean overIo) {
    if (steps.size() < Limits.STEPS) {
      Event event = overIo ? Event.RUNS_OUT_DURING_IO : Event.RUNS_OUT;
      steps.add(new Step(who.name, event, who.limit.call, nanos));
    }
  }

  /** Grows with whatever happens. */
  int length() {
    return answers.size() + steps.size();
  }

  /** If all that has happened since then was that a thread is held: it might as well not be. */
  void forgetHold(int since) {
    if (length() == since) {
      Answer held = answers.removeLast();
      answers.add(new Answer(held.question(), held.number(), true));
    }
  }

  Outcome outcome(Failure failure, int tasks, boolean reached, boolean clean) {
    return new Outcome(
        failure, List.copyOf(steps), holds, List.copyOf(answers), tasks, reached, clean);
  }
}

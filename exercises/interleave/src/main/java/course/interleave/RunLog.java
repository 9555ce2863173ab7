package course.interleave;

import course.interleave.Choices.Answer;
import course.interleave.Choices.Question;
import course.interleave.Outcome.Event;
import course.interleave.Outcome.Failure;
import course.interleave.Outcome.Step;
import course.interleave.Schedule.Hold;
import course.interleave.schedule.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the schedule of a run was asked, and what happened, in time order. Guarded by the lock of
 * the run's {@link Turns}.
 */
final class RunLog {
  private static final int MOST_STEPS = 20_000;

  private final Choices choices;
  private final int mostArrivals;
  private final Map<Integer, Integer> arrivals = new HashMap<>();
  private final Set<Hold> holds = new LinkedHashSet<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param mostArrivals how many arrivals at a point may be held
   */
  RunLog(Choices choices, int mostArrivals) {
    this.choices = choices;
    this.mostArrivals = mostArrivals;
  }

  /** Counts an arrival at a point. */
  Hold arrival(Point point) {
    return new Hold(point.key(), arrivals.merge(point.id(), 1, Integer::sum));
  }

  /** Another run may hold a thread here. */
  void offer(Hold hold) {
    if (hold.arrival() <= mostArrivals) {
      holds.add(hold);
    }
  }

  int ask(Question question) {
    int answer = choices.answer(question);
    boolean neverHeld =
        question instanceof Question.HeldAt(int _, Hold hold) && hold.arrival() > mostArrivals;
    if (!neverHeld || answer != 0) {
      answers.add(new Answer(question, answer, false));
    }
    return answer;
  }

  boolean isYes(Question question) {
    return ask(question) == 1;
  }

  void step(Participant who, Event event) {
    if (steps.size() < MOST_STEPS) {
      steps.add(new Step(who.name, event, who.at));
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
      answers.add(new Answer(held.question(), held.answer(), true));
    }
  }

  Outcome outcome(Failure failure, boolean reached, boolean clean) {
    return new Outcome(failure, List.copyOf(steps), holds, List.copyOf(answers), reached, clean);
  }
}

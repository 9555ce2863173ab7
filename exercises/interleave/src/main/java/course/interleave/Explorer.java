package course.interleave;

import course.interleave.Schedule.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Chooses which schedules to run. */
final class Explorer {
  private final Settings settings;
  private final CodeUnderTest code;
  private final Transfer scenario;
  private final long began = System.nanoTime();
  private final Set<Hold> known = new LinkedHashSet<>();
  private final List<Hold> holds = new ArrayList<>(); // the same, in the order found
  private int singles;
  private int pairs;
  private int explored;
  private boolean reachedCode;

  Explorer(Settings settings, Scenario scenario) throws ClassNotFoundException {
    this.settings = settings;
    code = new CodeUnderTest(settings, scenario.getClass());
    this.scenario = new Transfer(scenario, code);
  }

  Exploration explore() throws InterruptedException {
    try (var pace = new Pace()) {
      if (settings.replay() != null) {
        run(Schedule.parse(settings.replay()), pace);
        return new Exploration(1, 1, code.points().size(), took());
      }
      explore(pace);
    }
    int planned = 2 + 2 * singles + pairs;
    return new Exploration(explored, planned, code.points().size(), took());
  }

  private void explore(Pace pace) throws InterruptedException {
    for (boolean newestFirst : new boolean[] {false, true}) {
      run(new Schedule(newestFirst, List.of()), pace);
    }
    requireMarks();
    for (int i = 0; i < holds.size(); i++) { // grows: a hold opens up new points
      singles = holds.size();
      for (boolean newestFirst : new boolean[] {false, true}) {
        if (timeIsUp()) {
          return;
        }
        run(new Schedule(newestFirst, List.of(holds.get(i))), pace);
      }
    }
    singles = holds.size();
    for (Schedule pair : pairs()) {
      if (timeIsUp()) {
        return;
      }
      run(pair, pace);
    }
  }

  /** Returns random pairs of holds, all different. */
  private Set<Schedule> pairs() {
    int possible = holds.size() * (holds.size() - 1); // n (n - 1) / 2, newest first or not
    pairs = Math.min(settings.pairs(), possible);
    var random = new Random(settings.seed());
    var schedules = new LinkedHashSet<Schedule>();
    while (schedules.size() < pairs) {
      int one = random.nextInt(holds.size());
      int other = random.nextInt(holds.size());
      if (one < other) {
        var both = List.of(holds.get(one), holds.get(other));
        schedules.add(new Schedule(random.nextBoolean(), both));
      }
    }
    return schedules;
  }

  private void requireMarks() {
    if (!reachedCode) {
      throw new IllegalArgumentException(
          "the scenario never got to code under test, so nothing was tested: name the classes that"
              + " it uses in of(...), or their package in ofPackage(...)"
              + code.unmarkable());
    }
  }

  private void run(Schedule schedule, Pace pace) throws InterruptedException {
    Outcome outcome = execute(schedule, pace);
    explored++;
    if (outcome.failure() != null) {
      Schedule failing = schedule;
      for (Hold hold : schedule.holds().size() > 1 ? schedule.holds() : List.<Hold>of()) {
        var smaller = new Schedule(schedule.newestFirst(), List.of(hold));
        Outcome again = execute(smaller, pace);
        if (again.failure() != null) {
          outcome = again;
          failing = smaller;
          break;
        }
      }
      throw new InterleavingError(
          Report.of(outcome, failing, explored), failing.toString(), outcome.failure().cause());
    }
    reachedCode |= outcome.reached();
    for (Hold hold : outcome.holds()) {
      if (known.add(hold)) {
        holds.add(hold);
      }
    }
  }

  private Outcome execute(Schedule schedule, Pace pace) throws InterruptedException {
    return new Execution(code, settings, schedule, pace).conduct(scenario);
  }

  private boolean timeIsUp() {
    return took().compareTo(settings.timeLimit()) > 0;
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  String unmarkable() {
    return code.unmarkable();
  }
}

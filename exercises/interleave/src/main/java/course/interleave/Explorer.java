package course.interleave;

import course.interleave.Schedule.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Chooses which schedules to run. */
final class Explorer {
  private static final long[] ORDERS = {Schedule.OLDEST_FIRST, Schedule.NEWEST_FIRST};

  /** In a random order. */
  private static final int MOST_HOLDS = 4;

  /** For how long a schedule that fails may be made smaller. */
  private static final long SHRINKING = TimeUnit.SECONDS.toNanos(1);

  /** A machine that is too slow for so many runs gets twice the time. */
  private static final int FEWEST = 150;

  private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

  private final Settings settings;
  private final CodeUnderTest code;
  private final Transfer scenario;
  private final long began = System.nanoTime();
  private final Set<Hold> known = new LinkedHashSet<>();
  private final List<Hold> holds = new ArrayList<>(); // the same, in the order found
  private final Tried tried = new Tried();
  private RunClasses classes;
  private int explored;
  private volatile Current current;
  private boolean reachedCode;

  /** The run that is under way. */
  private record Current(Execution execution, Schedule schedule, int number, long began) {
    boolean lasts(long nanos) {
      return System.nanoTime() - began > nanos;
    }
  }

  Explorer(Settings settings, Scenario scenario) throws ClassNotFoundException {
    this.settings = settings;
    code = new CodeUnderTest(settings, scenario.getClass());
    this.scenario = new Transfer(scenario, code);
  }

  Exploration explore() throws InterruptedException {
    int left = 0;
    try (var pace = new Pace()) {
      if (settings.replay != null) {
        run(Schedule.parse(settings.replay), pace);
      } else {
        left = explore(pace);
      }
    }
    return new Exploration(explored, explored + left, code.points().count(), took());
  }

  /** Returns how many schedules the time limit left out. */
  private int explore(Pace pace) throws InterruptedException {
    for (long order : ORDERS) {
      runIfNew(new Schedule(order, List.of()), pace);
    }
    requireMarks();
    for (int i = 0; i < holds.size(); i++) { // grows: a hold opens up new points
      for (long order : ORDERS) {
        if (timeIsUp()) {
          return ORDERS.length * (holds.size() - i) + settings.randomOrders;
        }
        runIfNew(new Schedule(order, List.of(holds.get(i))), pace);
      }
    }
    var random = new Random(settings.seed);
    for (int i = 0; i < settings.randomOrders; i++) {
      if (timeIsUp()) {
        return settings.randomOrders - i;
      }
      runIfNew(random(random), pace);
    }
    return 0;
  }

  private void runIfNew(Schedule schedule, Pace pace) throws InterruptedException {
    if (!tried.knows(schedule)) {
      run(schedule, pace);
    }
  }

  /** Returns a schedule in a random order of threads, with random holds. */
  private Schedule random(Random random) {
    var chosen = new LinkedHashSet<Hold>();
    int count = holds.isEmpty() ? 0 : random.nextInt(MOST_HOLDS + 1);
    for (int i = 0; i < count; i++) {
      chosen.add(holds.get(random.nextInt(holds.size())));
    }
    return new Schedule(1 + random.nextInt(1_000_000), List.copyOf(chosen));
  }

  private void requireMarks() {
    if (!reachedCode) {
      throw new IllegalArgumentException(
          "the scenario never got to code under test, so nothing was tested: name the classes that"
              + " it uses in of(...), or their package in ofPackage(...)"
              + code.liesWithTest()
              + code.unmarkable());
    }
  }

  private void run(Schedule schedule, Pace pace) throws InterruptedException {
    Outcome outcome = execute(schedule, pace);
    explored++;
    if (outcome.failure() != null) {
      Schedule failing = schedule;
      long found = System.nanoTime();
      for (Schedule smaller : smaller(schedule)) {
        if (System.nanoTime() - found > SHRINKING) {
          break;
        }
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
    tried.add(outcome.answers());
    reachedCode |= outcome.reached();
    for (Hold hold : outcome.holds()) {
      if (known.add(hold)) {
        holds.add(hold);
      }
    }
  }

  /** Returns what is easier to understand than a schedule, and may fail as well. */
  private static List<Schedule> smaller(Schedule schedule) {
    var smaller = new ArrayList<Schedule>();
    if (schedule.order() > 0) {
      for (List<Hold> holds : subsets(schedule.holds())) {
        for (long order : ORDERS) {
          smaller.add(new Schedule(order, holds));
        }
        smaller.add(new Schedule(schedule.order(), holds));
      }
      smaller.removeLast(); // itself
    }
    return smaller;
  }

  /** Returns all of them, the smallest first. */
  private static List<List<Hold>> subsets(List<Hold> holds) {
    IntStream sets = IntStream.range(0, 1 << holds.size()); // a bit for each hold
    return sets.boxed()
        .sorted(Comparator.comparingInt(Integer::bitCount))
        .map(set ->
            IntStream.range(0, holds.size())
                .filter(i -> (set >> i & 1) == 1)
                .mapToObj(holds::get)
                .toList())
        .toList();
  }

  private Outcome execute(Schedule schedule, Pace pace) throws InterruptedException {
    if (classes == null || code.keepsState()) {
      classes = new RunClasses(code);
    }
    var execution = new Execution(code, classes, settings, schedule);
    current = new Current(execution, schedule, explored + 1, System.nanoTime());
    Outcome outcome = execution.conduct(scenario, settings.threadsMayRemain, pace);
    current = null;
    if (!outcome.clean()) {
      classes = null; // a thread of that run may still use them
    }
    return outcome;
  }

  /**
   * Ends a run that should have ended by itself long ago. Thread-safe.
   *
   * @throws InterleavingError if that does not help: its threads spin where they can't be reached,
   *     and leave no core to the exploration
   */
  void giveUpWhatSpins() {
    Current run = current;
    if (run != null && run.lasts(Watcher.LIMIT + GRACE)) {
      run.execution.giveUp();
      if (run.lasts(Watcher.LIMIT + 3 * GRACE)) {
        String report = Report.of(run.execution.outcome(), run.schedule, run.number);
        throw new InterleavingError(report, run.schedule.toString(), null);
      }
    }
  }

  private boolean timeIsUp() {
    Duration limit = settings.timeLimit.multipliedBy(explored < FEWEST ? 2 : 1);
    return took().compareTo(limit) > 0;
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  String unmarkable() {
    return code.unmarkable();
  }
}

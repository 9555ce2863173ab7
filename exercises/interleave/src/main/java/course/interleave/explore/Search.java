package course.interleave.explore;

import course.interleave.code.CodeUnderTest;
import course.interleave.code.Transfer;
import course.interleave.run.Execution;
import course.interleave.run.FreshClasses;
import course.interleave.run.Program;
import course.interleave.schedule.Schedule;
import course.interleave.schedule.Schedule.Hold;
import course.interleave.turns.Limits;
import course.interleave.turns.Outcome;
import course.interleave.turns.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Which orders to try: as it is, then with one thread held at one point, for each, then at random.
 * Used by one thread, unless a method says otherwise.
 */
public final class Search {
  private static final long[] ORDERS = {
    Schedule.OLDEST_FIRST, Schedule.NEWEST_FIRST, Schedule.LAST_FIRST
  };

  /** In a random order; most bugs need one or two. */
  private static final int MAXIMUM_HOLDS = 4;

  /** For how long, in nanoseconds, a schedule that fails may be made smaller. */
  private static final long SHRINKING = TimeUnit.SECONDS.toNanos(1);

  /** After so many random orders that bring none that is new there is hardly any left. */
  private static final int RANDOM_ORDERS_IN_VAIN = 100;

  /** A machine that is too slow for so many runs gets twice the time. */
  private static final int MINIMUM_RUNS = 150;

  private final Settings settings;
  private final CodeUnderTest code;
  private final Transfer scenario;
  private final Program program;
  private final long began = System.nanoTime();
  private final Set<Hold> seen = new LinkedHashSet<>();
  private final List<Hold> holds = new ArrayList<>(); // the same, in the order found
  private final Known known = new Known();
  private final Set<Long> different = new HashSet<>(); // orders of steps, by their fingerprints
  private FreshClasses classes;
  private int explored;
  private int started; // threads, by the scenario
  private boolean reachedCode;
  private Result.Finding finding;
  private int executions; // with those that make a schedule smaller
  private volatile Current current;
  private Sign sign; // this and the next are the supervisor's: what it saw last
  private int firstLook; // the first one that saw it

  /** The run that is under way. */
  private record Current(Execution execution, Schedule schedule, int number) {
    Sign sign() {
      return new Sign(number, execution.lasted());
    }
  }

  /** Changes as long as there is a core for those that watch the runs. */
  private record Sign(int number, long lasted) {}

  /**
   * @param scenario a lambda, which is carried over into fresh copies of its class
   * @param program how such a copy is run
   * @throws ClassNotFoundException if the class that the scenario is written in is not found
   * @throws IllegalArgumentException if the scenario can't be carried over
   */
  public Search(Settings settings, Object scenario, Program program) throws ClassNotFoundException {
    this.settings = settings;
    this.program = program;
    code = new CodeUnderTest(settings.selection(), scenario.getClass());
    this.scenario = new Transfer(scenario, code);
  }

  Result explore() throws InterruptedException {
    int left = 0;
    try (var pace = new Pace()) {
      if (settings.replay() != null) {
        run(Schedule.parse(settings.replay()), pace);
      } else {
        left = explore(pace);
      }
    }
    return result(left, finding);
  }

  private Result result(int left, Result.Finding found) {
    int points = code.points().count();
    return new Result(
        explored, explored + left, different.size(), points, took(), code.unmarkable(), found);
  }

  /** Returns how many schedules the time limit left out. */
  private int explore(Pace pace) throws InterruptedException {
    for (long order : ORDERS) {
      runIfNew(new Schedule(order, List.of()), pace);
    }
    if (finding == null) {
      requireMarks();
    }
    for (int i = 0; i < holds.size(); i++) { // grows: a hold opens up new points
      for (long order : orders()) {
        if (timeIsUp()) {
          return orders().length * (holds.size() - i) + settings.randomOrders();
        }
        runIfNew(new Schedule(order, List.of(holds.get(i))), pace);
      }
    }
    var random = new Random(settings.seed());
    int inVain = 0; // in a row
    for (int i = 0; i < settings.randomOrders() && inVain < RANDOM_ORDERS_IN_VAIN; i++) {
      if (timeIsUp()) {
        return settings.randomOrders() - i;
      }
      int before = different.size();
      runIfNew(random(random), pace);
      inVain = different.size() > before ? 0 : inVain + 1;
    }
    return 0;
  }

  /** Where the scenario starts one thread or none, the last order is nearly one of the others. */
  private long[] orders() {
    return started < 2 ? Arrays.copyOf(ORDERS, ORDERS.length - 1) : ORDERS;
  }

  private void runIfNew(Schedule schedule, Pace pace) throws InterruptedException {
    if (finding == null && !known.has(schedule)) {
      run(schedule, pace);
    }
  }

  /** Returns a schedule in a random order of threads, with random holds. */
  private Schedule random(Random random) {
    var chosen = new LinkedHashSet<Hold>();
    int count = holds.isEmpty() ? 0 : random.nextInt(MAXIMUM_HOLDS + 1);
    for (int i = 0; i < count; i++) {
      chosen.add(holds.get(random.nextInt(holds.size())));
    }
    return new Schedule(1 + random.nextInt(1_000_000), List.copyOf(chosen));
  }

  private void requireMarks() {
    if (!reachedCode) {
      String remedy =
          code.unmarkable().isEmpty()
              ? ": name the classes that it uses in of(...), or their package in ofPackage(...)"
              : code.unmarkable();
      throw new IllegalArgumentException(
          "the scenario never got to code under test, so nothing was tested"
              + remedy
              + code.liesWithTest());
    }
  }

  private void run(Schedule schedule, Pace pace) throws InterruptedException {
    Outcome outcome = execute(schedule, pace);
    explored++;
    reachedCode |= outcome.reached();
    different.add(outcome.fingerprint());
    if (outcome.failure() != null) {
      finding = shrink(schedule, outcome, pace);
      return;
    }
    known.add(outcome.answers());
    started = Math.max(started, outcome.tasks());
    for (Hold hold : outcome.holds()) {
      if (seen.add(hold)) {
        holds.add(hold);
      }
    }
  }

  private Result.Finding shrink(Schedule schedule, Outcome outcome, Pace pace)
      throws InterruptedException {
    long found = System.nanoTime();
    for (Schedule smaller : smaller(schedule)) {
      if (System.nanoTime() - found > SHRINKING) {
        break;
      }
      Outcome again = execute(smaller, pace);
      if (again.failure() != null) {
        return Report.finding(again, smaller, explored);
      }
    }
    return Report.finding(outcome, schedule, explored);
  }

  /** Returns what is easier to understand than a schedule, and may fail as well. */
  private static List<Schedule> smaller(Schedule schedule) {
    var smaller = new ArrayList<Schedule>();
    if (schedule.isRandom()) {
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
      classes = new FreshClasses(code);
    }
    var execution = new Execution(code, classes, schedule, settings.arrivals());
    current = new Current(execution, schedule, ++executions);
    Outcome outcome = execution.conduct(scenario, program, settings.threadsMayRemain(), pace);
    current = null;
    if (!outcome.clean()) {
      classes = null; // a thread of that run may still use them
    }
    return outcome;
  }

  /**
   * Ends a run that nobody has watched for long. Thread-safe.
   *
   * @param look the number of this look; there is one each second
   * @return null if the exploration goes on; what came of it if its threads spin where they can't
   *     be reached, and leave no core to it
   */
  Result giveUpWhatSpins(int look) {
    Current run = current;
    Sign now = run == null ? null : run.sign();
    if (!Objects.equals(now, sign)) {
      sign = now;
      firstLook = look;
    }
    if (run == null || look - firstLook < Limits.LOOKS_BEFORE_GIVING_UP) {
      return null;
    }
    run.execution.giveUp();
    return look - firstLook < Limits.LOOKS_WITHOUT_HOPE
        ? null
        : result(1, Report.finding(run.execution.outcome(), run.schedule, run.number));
  }

  private boolean timeIsUp() {
    Duration limit = settings.timeLimit().multipliedBy(explored < MINIMUM_RUNS ? 2 : 1);
    return took().compareTo(limit) > 0;
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}

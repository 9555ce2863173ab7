package course.interleave;

import course.interleave.code.Selection;
import course.interleave.explore.Result;
import course.interleave.explore.Search;
import course.interleave.explore.Settings;
import course.interleave.explore.Supervisor;
import java.time.Duration;
import java.util.List;

/**
 * Finds the order of steps in which concurrent code fails: one call in a test.
 *
 * <pre>{@code
 * @Test
 * void no_increment_is_lost() {
 *   Interleavings.of(Counter.class).explore(run -> {
 *     var counter = new Counter();
 *     run.thread("a", counter::increment);
 *     run.thread("b", counter::increment);
 *     run.join();
 *     assertEquals(2, counter.value());
 *   });
 * }
 * }</pre>
 *
 * <p>The scenario runs as it is, with its oldest thread first and with its newest first; then again
 * in each of these ways for each point that its threads passed in the code under test, with one
 * thread held there until no other thread can move; then in random orders. A run fails if the
 * scenario or any of its threads throws, if all wait for each other, if nothing moves on, if two
 * threads are in an unsynchronised collection or the like at once, or if threads are left over at
 * its end.
 *
 * <p>It needs no agent, no option of the JVM and no test framework, and prints nothing of its own.
 * Instances are immutable; any number of threads may explore at once. The first exploration sets
 * the JVM's default handler of uncaught exceptions: what a thread of a run dies of fails that run,
 * and all else goes to the handler that there was. A thread of a run that has no name is given one.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/1250734.1250785">Musuvathi, Qadeer: Iterative
 *     context bounding (PLDI 2007)</a>
 * @see <a href="https://dl.acm.org/doi/10.1145/1926385.1926432">Emmi, Qadeer, Rakamaric:
 *     Delay-bounded scheduling (POPL 2011)</a>
 */
public final class Interleavings {
  private final Settings settings;

  private Interleavings(Settings settings) {
    this.settings = settings;
  }

  /**
   * Chooses the code under test by class.
   *
   * @param underTest the classes; what is nested in them, and what else stands in the file of that
   *     name, belongs to them
   */
  public static Interleavings of(Class<?>... underTest) {
    return chosen(List.of(underTest).stream().map(Class::getName).toList(), List.of());
  }

  /**
   * Chooses the code under test by package: all classes in it and in the packages below, but for
   * those that lie with the test's own class (in the folder or jar that holds the tests).
   *
   * @param name the package's name, such as {@code Counter.class.getPackageName()}
   */
  public static Interleavings ofPackage(String name) {
    return chosen(List.of(), List.of(name));
  }

  private static Interleavings chosen(List<String> classes, List<String> packages) {
    return new Interleavings(Settings.of(new Selection(classes, packages)));
  }

  /**
   * Sets at how many of the first arrivals at each point a thread is held, counted from when there
   * is a second thread; 2 unless set.
   *
   * @param count at least 1
   * @throws IllegalArgumentException if it is less
   */
  public Interleavings arrivals(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("arrivals(" + count + "): at least 1");
    }
    return new Interleavings(settings.withArrivals(count));
  }

  /**
   * Sets how many random orders are tried after all single holds, each with up to four holds; 300
   * unless set.
   *
   * @param count 0 or more
   * @throws IllegalArgumentException if it is less
   */
  public Interleavings randomOrders(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("randomOrders(" + count + "): 0 or more");
    }
    return new Interleavings(settings.withRandomOrders(count));
  }

  /** Sets which random orders are tried; 1 unless set. The same seed gives the same orders. */
  public Interleavings seed(long number) {
    return new Interleavings(settings.withSeed(number));
  }

  /**
   * Sets after how long no further run starts; 8 seconds unless set, and twice as long where fewer
   * than 150 runs were made by then. {@link #explore} says how much it left out.
   *
   * @throws IllegalArgumentException if it is zero or less
   */
  public Interleavings timeLimit(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("timeLimit(" + limit + "): more than zero");
    }
    return new Interleavings(settings.withTimeLimit(limit));
  }

  /** Lets threads wait on when the scenario has ended: without this, they fail the run. */
  public Interleavings threadsMayRemain() {
    return new Interleavings(settings.withThreadsThatRemain());
  }

  /**
   * Makes {@link #explore} run just one order of steps.
   *
   * @param schedule as a failure's report gives it
   */
  public Interleavings replay(String schedule) {
    return new Interleavings(settings.withReplay(schedule));
  }

  /**
   * Runs the scenario in many orders.
   *
   * @param scenario a lambda; it is carried over into fresh copies of its class, see {@link
   *     Scenario}
   * @return how much was explored, if nothing was found
   * @throws InterleavingError if an order of steps fails
   * @throws IllegalArgumentException if nothing is under test, or the scenario can't be carried
   *     over; the message says what to change
   */
  public Exploration explore(Scenario scenario) {
    Selection selection = settings.selection();
    if (selection.classes().isEmpty() && selection.packages().isEmpty()) {
      throw new IllegalArgumentException("nothing is under test: name a class in of(...)");
    }
    try {
      var search =
          new Search(
              settings,
              scenario,
              (copy, threads) -> ((Scenario) copy).run(new ScheduledRun(threads)));
      Result result = Supervisor.explore(search);
      if (result.finding() != null) {
        throw new InterleavingError(result.finding());
      }
      return new Exploration(
          result.explored(),
          result.planned(),
          result.different(),
          result.points(),
          result.took(),
          result.unmarked());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("the scenario's class can't be found: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before all was explored", e);
    }
  }
}

package course.interleave;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

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
 * <p>The scenario runs as it is; then once for each point that its threads passed in the code under
 * test, with one thread held there until no other thread can move; then in random orders. A run
 * fails if the scenario or any of its threads throws, if all wait for each other, if nothing moves
 * on, if two threads are in an unsynchronised collection or the like at once, or if threads are
 * left over at its end.
 *
 * <p>It needs no agent, no option of the JVM and no test framework. Instances are immutable; any
 * number of threads may explore at once.
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
   * @param underTest the classes; what is nested in them belongs to them
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
    return new Interleavings(new Settings(classes, packages));
  }

  private Interleavings with(Consumer<Settings> change) {
    return new Interleavings(settings.with(change));
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
    return with(s -> s.arrivals = count);
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
    return with(s -> s.randomOrders = count);
  }

  /** Sets which random orders are tried; 1 unless set. The same seed gives the same orders. */
  public Interleavings seed(long number) {
    return with(s -> s.seed = number);
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
    return with(s -> s.timeLimit = limit);
  }

  /** Lets threads wait on when the scenario has ended: without this, they fail the run. */
  public Interleavings threadsMayRemain() {
    return with(s -> s.threadsMayRemain = true);
  }

  /**
   * Makes {@link #explore} run just one order of steps.
   *
   * @param schedule as a failure's report gives it
   */
  public Interleavings replay(String schedule) {
    return with(s -> s.replay = schedule);
  }

  /** Prints nothing when all is explored: the result says it too. */
  public Interleavings quiet() {
    return with(s -> s.quiet = true);
  }

  /**
   * Runs the scenario in many orders, and prints how many.
   *
   * @param scenario a lambda; it is carried over into fresh copies of its class, see {@link
   *     Scenario}
   * @return how much was explored, if nothing was found
   * @throws InterleavingError if an order of steps fails
   * @throws IllegalArgumentException if nothing is under test, or the scenario can't be carried
   *     over; the message says what to change
   */
  public Exploration explore(Scenario scenario) {
    if (settings.classes.isEmpty() && settings.packages.isEmpty()) {
      throw new IllegalArgumentException("nothing is under test: name a class in of(...)");
    }
    try {
      var explorer = new Explorer(settings, scenario);
      Exploration exploration = Supervisor.explore(explorer);
      if (!settings.quiet || !exploration.complete() || !explorer.unmarkable().isEmpty()) {
        System.out.println("interleave: " + exploration + explorer.unmarkable());
      }
      return exploration;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("the scenario's class can't be found: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before all was explored", e);
    }
  }
}

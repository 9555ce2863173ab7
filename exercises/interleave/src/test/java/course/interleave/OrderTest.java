package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes first follows from the schedule alone, and not from which core is quicker. */
@Timeout(60) // bounds a hang
class OrderTest {
  private static final int ENOUGH = 300; // to see what goes wrong once in a hundred times

  /** Starts a thread that was made long before. */
  static class Doubler {
    private int value = 1;
    private final Thread worker;

    Doubler(ThreadFactory factory) {
      worker = factory.newThread(() -> value *= 2);
    }

    static Doubler virtual() {
      return new Doubler(Thread.ofVirtual().factory());
    }

    static Doubler platform() {
      return new Doubler(Thread.ofPlatform().factory());
    }

    int addOneMeanwhile() throws InterruptedException {
      worker.start();
      value++;
      worker.join();
      return value;
    }
  }

  private static final Interleavings OLDEST_FIRST = Interleavings.of(Doubler.class).replay("");
  private static final Interleavings NEWEST_FIRST =
      Interleavings.of(Doubler.class).replay("newest-first");

  @Test
  void who_starts_a_thread_goes_on() {
    OLDEST_FIRST.explore(run -> startMany(Doubler::virtual, 4));
  }

  @Test
  void who_starts_a_platform_thread_goes_on() {
    OLDEST_FIRST.explore(run -> startMany(Doubler::platform, 4));
  }

  @Test
  void a_thread_that_was_made_before_goes_first_when_it_starts() {
    NEWEST_FIRST.explore(run -> startMany(Doubler::virtual, 3));
  }

  @Test
  void so_does_a_platform_thread() {
    NEWEST_FIRST.explore(run -> startMany(Doubler::platform, 3));
  }

  private static void startMany(Supplier<Doubler> doublers, int expected)
      throws InterruptedException {
    for (int i = 0; i < ENOUGH; i++) {
      assertThat(doublers.get().addOneMeanwhile()).isEqualTo(expected);
    }
  }

  /** Looks twice, and does not see the same if another came in between. */
  static class Doubt {
    private volatile int value;
    private volatile boolean same;

    void set() {
      value = 1;
    }

    void look() {
      int before = value;
      same = value == before;
    }
  }

  @Test
  void a_thread_is_held_while_one_that_the_scenario_started_before_it_runs() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Doubt.class)
                .randomOrders(0)
                .explore(run -> {
                  var doubt = new Doubt();
                  run.thread("first", doubt::set);
                  run.thread("second", doubt::look);
                  run.join();
                  assertThat(doubt.same).isTrue();
                }));
  }

  static class Counter {
    private volatile int value;

    @SuppressWarnings("NonAtomicVolatileUpdate") // the bug
    void add(int times) {
      for (int i = 0; i < times; i++) {
        value++;
      }
    }
  }

  private static String report(Interleavings order) {
    return catchThrowableOfType(
            InterleavingError.class,
            () ->
                order.explore(run -> {
                  var counter = new Counter();
                  for (String name : new String[] {"a", "b", "c", "d"}) {
                    run.thread(name, () -> counter.add(3));
                  }
                  run.join();
                  assertThat(counter.value).isEqualTo(-1); // so that the order is told
                }))
        .getMessage();
  }

  /** Whether a thread comes to its start before it is given its turn, or after, is by chance. */
  @Test
  void a_random_order_is_the_same_each_time() {
    for (int seed = 1; seed <= 20; seed++) {
      var order = Interleavings.of(Counter.class).replay("order-" + seed);
      Set<String> reports = new HashSet<>();
      for (int i = 0; i < 30; i++) {
        reports.add(report(order));
      }
      assertThat(reports).as("what order-%d does", seed).hasSize(1);
    }
  }
}

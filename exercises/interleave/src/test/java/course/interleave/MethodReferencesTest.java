package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reference to a method of the JDK is a call of it, wherever it is called. */
@Timeout(60) // bounds a hang
class MethodReferencesTest {
  static class Counter {
    private final AtomicInteger value = new AtomicInteger();

    void increment() {
      IntSupplier get = value::get;
      IntConsumer set = value::set;
      set.accept(get.getAsInt() + 1);
    }
  }

  @Test
  void one_to_a_method_of_an_object_has_a_point() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Counter.class)
                .explore(run -> {
                  var counter = new Counter();
                  run.thread("a", counter::increment);
                  run.thread("b", counter::increment);
                  run.join();
                  assertThat(counter.value.get()).isEqualTo(2);
                }))
        .withMessageContaining(
            "call AtomicInteger.set (MethodReferencesTest.Counter.increment, line 29)");
  }

  /** Has nothing to do; a reference may be one of these besides. */
  interface Plain {}

  static class Other {
    private final AtomicInteger value = new AtomicInteger();

    void increment() {
      var get = (IntSupplier & Plain) value::get;
      var set = (IntConsumer & Plain) value::set;
      set.accept(get.getAsInt() + 1);
    }
  }

  @Test
  void one_that_is_of_two_types_has_a_point() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Other.class)
                .explore(run -> {
                  var other = new Other();
                  run.thread("a", other::increment);
                  run.thread("b", other::increment);
                  run.join();
                  assertThat(other.value.get()).isEqualTo(2);
                }));
  }

  /** An interface, whose methods are called otherwise. */
  interface Names {
    static List<String> copy(List<String> names) {
      Function<Collection<String>, List<String>> copy = ArrayList::new;
      return copy.apply(names);
    }

    static int size(List<String> names) {
      ToIntFunction<List<String>> size = List::size;
      return size.applyAsInt(names);
    }

    static String join(List<String> names) {
      Function<List<String>, String> join = Names::joined;
      return join.apply(names);
    }

    private static String joined(List<String> names) {
      return String.join(",", names);
    }

    static void add(List<String> names) {
      Consumer<String> add = names::add;
      add.accept("x");
    }
  }

  private static void beside(Run run, Consumer<List<String>> use) throws InterruptedException {
    List<String> names = new ArrayList<>(List.of("a"));
    run.thread("adds", () -> Names.add(names));
    run.thread("uses", () -> use.accept(names));
    run.join();
  }

  private static void conflicts(Scenario scenario) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> Interleavings.of(Names.class).explore(scenario))
        .withMessageStartingWith("two threads are in the same ArrayList at once");
  }

  @Test
  void one_to_a_constructor_or_to_a_method_of_any_object_has_a_point_with_its_target() {
    conflicts(run -> beside(run, names -> assertThat(Names.copy(names)).isNotEmpty()));
    conflicts(run -> beside(run, names -> assertThat(Names.size(names)).isPositive()));
    conflicts(run -> beside(run, names -> assertThat(Names.join(names)).isNotEmpty()));
  }

  /** Parks until it is open. */
  static class Gate {
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean open;

    void await() {
      waiting.add(Thread.currentThread());
      while (!open) {
        LockSupport.park(this);
      }
    }

    void open() {
      open = true;
      waiting.forEach(LockSupport::unpark);
    }
  }

  @Test
  void the_permit_that_one_gives_is_not_lost() {
    Exploration exploration =
        Interleavings.of(Gate.class)
            .explore(run -> {
              var gate = new Gate();
              run.thread("waits", gate::await);
              run.thread("waits too", gate::await);
              run.thread("opens", gate::open);
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  /** Starts its threads. */
  static class Team {
    private final List<Thread> threads = new ArrayList<>();

    void run(Runnable task) {
      threads.add(Thread.ofVirtual().unstarted(task));
      threads.add(Thread.ofVirtual().unstarted(task));
      threads.forEach(Thread::start);
    }

    void join() throws InterruptedException {
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  @Test
  void threads_that_one_starts_are_known() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Team.class, Counter.class)
                .explore(run -> {
                  var counter = new Counter();
                  var team = new Team();
                  team.run(counter::increment);
                  team.join();
                  assertThat(counter.value.get()).isEqualTo(2);
                }));
  }
}

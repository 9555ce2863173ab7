package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** The JVM's own pool runs a task soon, or its caller does: which of the two is no luck here. */
@Timeout(60) // bounds a hang
class CommonPoolTest {
  interface Sum {
    void add(int number);

    int get();
  }

  static class PlainSum implements Sum {
    private int sum;

    @Override
    public void add(int number) {
      sum += number;
    }

    @Override
    public int get() {
      return sum;
    }
  }

  static class AtomicSum implements Sum {
    private final AtomicInteger sum = new AtomicInteger();

    @Override
    public void add(int number) {
      sum.addAndGet(number);
    }

    @Override
    public int get() {
      return sum.get();
    }
  }

  private static void inParallel(Sum sum) {
    IntStream.rangeClosed(1, 4).parallel().forEach(sum::add);
    assertThat(sum.get()).isEqualTo(10);
  }

  private static void inTheBackground(Sum sum) {
    var other = CompletableFuture.runAsync(() -> sum.add(1));
    sum.add(2);
    other.join();
    assertThat(sum.get()).isEqualTo(3);
  }

  private static void forked(Sum sum) {
    ForkJoinPool.commonPool()
        .invoke(
            new RecursiveAction() {
              @Override
              protected void compute() {
                invokeAll(List.of(new Adding(sum, 1), new Adding(sum, 2)));
              }
            });
    assertThat(sum.get()).isEqualTo(3);
  }

  static final class Adding extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final transient Sum sum;
    private final int number;

    Adding(Sum sum, int number) {
      this.sum = sum;
      this.number = number;
    }

    @Override
    protected void compute() {
      sum.add(number);
    }
  }

  /** Looks up its own class by name. */
  static class Plugins {
    boolean findItself() {
      try {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Class.forName(Plugins.class.getName(), true, loader).equals(Plugins.class);
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }

  @RepeatedTest(3)
  void who_looks_up_a_class_by_name_gets_that_of_the_run() {
    Interleavings.of(Plugins.class)
        .explore(run -> {
          var plugins = new Plugins();
          assertThat(CompletableFuture.supplyAsync(plugins::findItself).join()).isTrue();
        });
    ClassLoader afterwards =
        CompletableFuture.supplyAsync(() -> Thread.currentThread().getContextClassLoader()).join();
    assertThat(afterwards).isEqualTo(ClassLoader.getSystemClassLoader());
  }

  private static String outcome(Scenario scenario) {
    try {
      return Interleavings.of(PlainSum.class).explore(scenario).toString();
    } catch (InterleavingError e) {
      return "found";
    }
  }

  @RepeatedTest(20)
  void a_sum_that_a_parallel_stream_loses_is_found() {
    assertThat(outcome(run -> inParallel(new PlainSum()))).isEqualTo("found");
  }

  @RepeatedTest(20)
  void a_sum_that_a_task_in_the_background_loses_is_found() {
    assertThat(outcome(run -> inTheBackground(new PlainSum()))).isEqualTo("found");
  }

  @RepeatedTest(20)
  void a_sum_that_forked_tasks_lose_is_found() {
    assertThat(outcome(run -> forked(new PlainSum()))).isEqualTo("found");
  }

  @RepeatedTest(3)
  void what_is_atomic_passes() {
    Exploration exploration =
        Interleavings.of(AtomicSum.class)
            .explore(run -> {
              inParallel(new AtomicSum());
              inTheBackground(new AtomicSum());
              forked(new AtomicSum());
            });
    assertThat(exploration.complete()).isTrue();
    assertThat(exploration.explored()).as("orders of steps").isGreaterThan(100);
  }
}

package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // bounds a hang
class InterleavingsTest {
  /** Counts, and loses some. */
  static class Counter {
    private int value;

    void increment() {
      value++;
    }

    synchronized void incrementAlone() {
      value++;
    }

    int value() {
      return value;
    }
  }

  private static void lose(Interleavings interleavings) {
    interleavings.explore(run -> {
      var counter = new Counter();
      run.thread("a", counter::increment);
      run.thread("b", counter::increment);
      run.join();
      assertThat(counter.value()).isEqualTo(2);
    });
  }

  @Test
  void a_lost_increment_is_found_and_told_step_by_step() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> lose(Interleavings.of(Counter.class)))
        .withMessageContaining("expected: 2")
        .withMessageContaining("\"a\" is held at InterleavingsTest.Counter.increment (line 17)")
        .withMessageContaining(".replay(");
  }

  @Test
  void the_line_that_a_report_gives_runs_the_same_order_again() {
    var interleavings = Interleavings.of(Counter.class);
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> lose(interleavings))
        .satisfies(first ->
            assertThatExceptionOfType(InterleavingError.class)
                .isThrownBy(() -> lose(interleavings.replay(first.schedule())))
                .satisfies(again -> {
                  assertThat(again.schedule()).isEqualTo(first.schedule());
                  assertThat(steps(again)).isEqualTo(steps(first));
                }));
  }

  private static String steps(InterleavingError error) {
    return error.getMessage().substring(error.getMessage().indexOf("  1."));
  }

  @Test
  void what_sets_the_scene_uses_up_no_arrivals() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Counter.class)
                .randomOrders(0)
                .explore(run -> {
                  var counter = new Counter();
                  counter.increment();
                  counter.increment();
                  run.thread("a", counter::increment);
                  run.thread("b", counter::increment);
                  run.join();
                  assertThat(counter.value()).isEqualTo(4);
                }))
        .withMessageContaining("but was: 3");
  }

  @Test
  void of_a_long_story_the_middle_is_left_out() {
    var threadsChangePlaces = Interleavings.of(Counter.class).replay("order-3");
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            threadsChangePlaces.explore(run -> {
              var counter = new Counter();
              for (String name : new String[] {"a", "b"}) {
                run.thread(
                    name,
                    () -> {
                      for (int i = 0; i < 100; i++) {
                        counter.increment();
                      }
                    });
              }
              run.join();
              assertThat(counter.value()).isEqualTo(200);
            }))
        .satisfies(error ->
            assertThat(steps(error))
                .containsPattern("20\\. .*\\R(?: {7}.*\\R)+  \\.\\.\\. \\d+ of these are left out")
                .doesNotContain("  21. "));
  }

  @Test
  void correct_code_passes_and_the_number_of_orders_is_known() {
    Exploration exploration =
        Interleavings.of(Counter.class)
            .explore(run -> {
              var counter = new Counter();
              run.thread("a", counter::incrementAlone);
              run.platformThread("b", counter::incrementAlone);
              run.join();
              assertThat(counter.value()).isEqualTo(2);
            });
    assertThat(exploration.complete()).isTrue();
    assertThat(exploration.explored()).isEqualTo(exploration.planned()).isGreaterThan(10);
    assertThat(exploration.different()).isBetween(10, exploration.explored());
  }

  @Test
  void random_orders_that_bring_nothing_new_come_to_an_end() {
    Exploration exploration =
        Interleavings.of(Counter.class)
            .randomOrders(Integer.MAX_VALUE)
            .explore(run -> {
              var counter = new Counter();
              run.thread("a", counter::incrementAlone);
              counter.incrementAlone();
            });
    assertThat(exploration.complete()).as(exploration.toString()).isTrue();
  }

  @Test
  void a_scenario_that_uses_nothing_of_the_code_under_test_is_a_mistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interleavings.of(Counter.class).explore(Run::join))
        .withMessageContaining("nothing was tested");
  }

  @Test
  void code_that_lies_with_the_test_is_not_chosen_by_package() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lose(Interleavings.ofPackage(Counter.class.getPackageName())))
        .withMessageContaining("InterleavingsTest.Counter, unless it is named in of(...)");
  }

  @Test
  void an_object_made_outside_of_the_scenario_is_a_mistake() {
    var counter = new Counter();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Interleavings.of(Counter.class).explore(run -> run.thread("a", counter::increment)))
        .withMessageContaining("Counter that was made outside of it");
  }
}

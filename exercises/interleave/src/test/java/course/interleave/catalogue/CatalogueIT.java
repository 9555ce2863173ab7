package course.interleave.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import course.interleave.InterleavingError;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bug of the catalogue is found, and its correct twin passes. */
@Timeout(60) // bounds a hang
class CatalogueIT {
  private static final int REPLAYS = 40;

  static List<Sample> samples() {
    return Catalogue.SAMPLES;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_bug_is_found(Sample sample) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> sample.interleavings().explore(sample.broken()));
  }

  /**
   * Threads that wait in a monitor look whether they were meant, and sleep on, by chance. Threads
   * of the common pool take up a task when they like.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"notify for notifyAll", "future completed twice", "sum of a parallel stream"})
  void an_order_is_the_same_each_time_where_threads_move_by_chance(String name) {
    Sample sample =
        samples().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    var once = new Rounds(sample.interleavings(), sample.broken(), 1);
    assertThat(once.replaysTheSame(sample, REPLAYS)).isEqualTo(REPLAYS);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_correct_twin_passes(Sample sample) {
    // Fewer random orders than for the bugs, as nothing ends it early: Catalogue tries them all.
    sample.interleavings().randomOrders(100).explore(sample.fixed());
  }
}

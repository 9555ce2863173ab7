package course.interleave.catalogue;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import course.interleave.InterleavingError;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bug of the catalogue is found, and its correct twin passes. */
@Timeout(60) // bounds a hang
class CatalogueIT {
  static List<Sample> samples() {
    return Catalogue.SAMPLES;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_bug_is_found(Sample sample) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> sample.interleavings().explore(sample.broken()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_correct_twin_passes(Sample sample) {
    // Fewer random orders than for the bugs, as nothing ends it early: Catalogue tries them all.
    sample.interleavings().randomOrders(100).explore(sample.fixed());
  }
}

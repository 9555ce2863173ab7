package course.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
  @Test
  void milliseconds_seconds_and_minutes_are_durations() {
    assertThat(new Durations().convert("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(new Durations().convert("0ms")).isEqualTo(Duration.ZERO);
    assertThat(new Durations().convert("2s")).isEqualTo(Duration.ofSeconds(2));
    assertThat(new Durations().convert("1m")).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1S", "PT1S", "99999999999s"})
  void anything_else_is_refused_with_an_example_of_what_is_right(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("250ms");
  }
}

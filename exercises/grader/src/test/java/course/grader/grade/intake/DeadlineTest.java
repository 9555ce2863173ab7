package course.grader.grade.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A deadline is one moment, whoever reads it. */
class DeadlineTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-30T23:59+01:00, 2026-11-30T22:59:00Z",
    "2026-11-30T23:59:30Z, 2026-11-30T23:59:30Z",
    "2026-11-30 23:59 +0100, 2026-11-30T22:59:00Z",
    "2026-11-30T23:59-05, 2026-12-01T04:59:00Z",
    "2026-11-30T23:59[Europe/Berlin], 2026-11-30T22:59:00Z",
    "2026-11-30T23:59 Europe/Berlin, 2026-11-30T22:59:00Z",
    "2026-11-30T23:59+01:00[Europe/Berlin], 2026-11-30T22:59:00Z",
    "2026-11-30T23:59[UTC], 2026-11-30T23:59:00Z",
    // The hour that the end of summer time repeats.
    "2026-10-25T02:30+02:00, 2026-10-25T00:30:00Z",
    "2026-10-25T02:30+01:00, 2026-10-25T01:30:00Z",
    "2026-10-25T02:30[Europe/Berlin], 2026-10-25T01:30:00Z",
    "2026-10-25T02:30+02:00[Europe/Berlin], 2026-10-25T00:30:00Z",
    // The hour that its beginning leaves out.
    "2026-03-29T02:30[Europe/Berlin], 2026-03-29T01:30:00Z",
  })
  void a_moment(String text, Instant expected) {
    assertThat(Deadline.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-30T23:59", "2026-11-30T23:59:59", "2026-11-30 23:59 "})
  void without_a_zone_there_is_none(String text) {
    assertThatThrownBy(() -> Deadline.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the deadline '%s' has no zone: add one, such as +01:00 or [Europe/Berlin]"
                .formatted(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "2026-11-30",
        "2026-11-30T25:00Z",
        "2026-02-30T12:00Z",
        "2026-11-30T23:59[Europe/Nowhere]",
        "2026-11-30T23:59+05:00[Europe/Berlin]",
        "2026-11-30T23:59+99:00",
        "30.11.2026 23:59 +01:00"
      })
  void what_is_no_moment_is_told(String text) {
    assertThatThrownBy(() -> Deadline.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'%s' is no deadline".formatted(text))
        .message()
        .doesNotContain("\n");
  }
}

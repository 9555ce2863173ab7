package course.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTest {
  @ParameterizedTest
  @ValueSource(strings = {"1s", "250ms", "0s-2s", "10ms-10ms", "500ms-1s", "0ms", "0s-0ms"})
  void a_duration_or_a_range_is_understood(String text) {
    assertThat(Work.lasting(text)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"60s", "50s-60s"})
  void it_waits_and_an_interrupt_ends_that(String text) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Work.lasting(text).on(new byte[0]))
        .isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0ms", "0s", "0ms-0s"})
  void no_time_is_no_wait(String text) throws InterruptedException {
    Thread.currentThread().interrupt(); // whoever waits would be told
    Work.lasting(text).on(new byte[0]);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "soon", "-1s", "1.5s", "1s-", "1m", "2s-1s", "9999999999s"})
  void anything_else_is_refused_with_its_text(String text) {
    assertThatThrownBy(() -> Work.lasting(text)).hasMessageContaining("'" + text + "'");
  }
}

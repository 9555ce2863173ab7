package course.grader.grade.intake;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Work whose time is over. */
class TimeBoxTest {
  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void what_looks_at_no_interrupt_keeps_nobody() {
    var mayEnd = new AtomicBoolean();
    assertThatThrownBy(() ->
            TimeBox.run(
                Duration.ofMillis(20),
                () -> {
                  while (!mayEnd.get()) {
                    Thread.onSpinWait();
                  }
                  return null;
                }))
        .isInstanceOf(TimeBox.Over.class);
    mayEnd.set(true);
  }
}

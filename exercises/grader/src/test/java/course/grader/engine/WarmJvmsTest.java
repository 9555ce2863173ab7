package course.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // bounds a hang, of close too
class WarmJvmsTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  /** As a JVM does on a machine with too much to do. */
  private RunnerSource neverReady() throws InterruptedException {
    begun.countDown();
    never.await();
    throw new AssertionError("it is never ready");
  }

  @Test
  void close_does_not_wait_for_a_jvm_that_is_being_started() throws Exception {
    try (var _ = new WarmJvms(this::neverReady, 1, false)) {
      begun.await();
    }
    assertThat(never.getCount()).isEqualTo(1);
  }

  @Test
  void who_waits_for_a_jvm_can_be_interrupted() throws Exception {
    try (var jvms = new WarmJvms(this::neverReady, 1, false)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(jvms::take).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void why_there_is_no_jvm_is_told_to_who_needs_one() throws Exception {
    try (var jvms =
        new WarmJvms(
            () -> {
              throw new IOException("the disk is full");
            },
            1,
            false)) {
      assertThatThrownBy(jvms::take)
          .isInstanceOf(NotStarted.class)
          .hasMessage("a JVM for the tests did not start: the disk is full");
    }
  }

  @Test
  void one_that_is_given_back_is_taken_again_unless_a_fresh_one_is_needed() throws Exception {
    try (var jvms = new WarmJvms(Machine::new, 1, true)) {
      RunnerJvm used = jvms.take();
      jvms.giveBack(used);
      assertThat(jvms.takeFresh()).isNotSameAs(used);
      assertThat(jvms.take()).isSameAs(used);
      assertThat(jvms.take()).isNotSameAs(used);
    }
  }

  @Test
  void one_that_has_run_a_students_code_is_ended() throws Exception {
    var machine = new Machine();
    try (var jvms = new WarmJvms(() -> machine, 0, false)) {
      RunnerJvm used = jvms.take();
      jvms.giveBack(used);
      assertThat(machine.ready.closed()).isEqualTo(1);
      assertThat(jvms.take()).isNotSameAs(used);
    }
  }

  /** Starts JVMs that are ready, and no more. */
  private static final class Machine implements RunnerSource {
    private final Scripted ready = Scripted.says(List.of());

    @Override
    public RunnerProcess start() {
      return ready;
    }

    @Override
    public void close() {}
  }
}

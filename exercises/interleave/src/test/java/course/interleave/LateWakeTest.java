package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is interrupted wakes up when a core takes it up, which may be late on a busy machine. */
@Timeout(60) // bounds a hang
class LateWakeTest {
  private static final String KEY = LateWakeTest.class.getName();

  /** Waits for a core, for which a permit from outside of the run stands. */
  static class Interrupted extends Thread {
    @Override
    public void run() {
      var core = (Semaphore) System.getProperties().get(KEY); // the JDK's: each run has the same
      core.acquireUninterruptibly();
    }

    @Override
    public boolean isInterrupted() {
      return true;
    }
  }

  static class Ending {
    void awaitEnd() throws InterruptedException {
      var interrupted = new Interrupted();
      interrupted.start();
      interrupted.join();
    }
  }

  private static Exploration explore() {
    return Interleavings.of(Ending.class).replay("").explore(run -> new Ending().awaitEnd());
  }

  @AfterEach
  void forget() {
    System.getProperties().remove(KEY);
  }

  @Test
  void who_wakes_up_late_is_not_stuck() {
    var core = new Semaphore(0);
    System.getProperties().put(KEY, core);
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(core::release);
    assertThat(explore().explored()).isEqualTo(1);
  }

  @Test
  void who_never_does_is() {
    System.getProperties().put(KEY, new Semaphore(0));
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(LateWakeTest::explore)
        .withMessageStartingWith("stuck");
  }
}

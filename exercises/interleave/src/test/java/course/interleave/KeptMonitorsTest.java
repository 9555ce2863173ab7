package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Monitors that a thread keeps, though others want them. */
@Timeout(60) // bounds a hang
class KeptMonitorsTest {
  /** Not under test: has a monitor of its own, and calls code under test in it. */
  static class Board {
    private boolean done; // guarded by this

    synchronized void finish(Step step) {
      step.make();
      done = true;
      notifyAll();
    }

    synchronized void wakeAll() {
      notifyAll();
    }

    synchronized void awaitEnd() throws InterruptedException {
      while (!done) {
        wait();
      }
    }
  }

  static class Step {
    private int made;

    void make() {
      made++;
    }
  }

  @Test
  void who_is_held_in_a_monitor_that_is_not_under_test_is_let_go_for_those_that_want_it() {
    Exploration exploration =
        Interleavings.of(Step.class)
            .explore(run -> {
              var board = new Board();
              var step = new Step();
              run.platformThread("first", board::awaitEnd);
              run.platformThread("second", board::awaitEnd);
              run.thread("alarm", board::wakeAll);
              run.thread("finisher", () -> board.finish(step));
              run.join();
              assertThat(step.made).isEqualTo(1);
            });
    assertThat(exploration.complete()).isTrue();
  }

  /** Keeps its interrupt for later, and so waits in vain: its monitor is never free. */
  static class Restless {
    private boolean open;

    synchronized void await() {
      while (!open) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    synchronized void open() {
      open = true;
      notifyAll();
    }
  }

  @Test
  void who_is_interrupted_does_not_even_give_its_lock_away() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Restless.class)
                .explore(run -> {
                  var gate = new Restless();
                  run.thread(
                      "waits",
                      () -> {
                        Thread.currentThread().interrupt();
                        gate.await();
                      });
                  run.thread("opens", gate::open);
                }))
        .withMessageContaining("no progress");
  }
}

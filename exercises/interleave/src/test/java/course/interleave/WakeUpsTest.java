package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that waits may wake up though nobody means it: the Javadoc of each wait says so. */
@Timeout(60) // bounds a hang
@SuppressWarnings({"WaitNotInLoop", "LockNotBeforeTry"}) // that is the bug
class WakeUpsTest {
  /** A value that comes once. */
  static class Hasty {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private volatile Thread parks;
    private volatile String value;

    String get(String how) throws InterruptedException {
      switch (how) {
        case "wait" -> {
          synchronized (this) {
            if (value == null) {
              wait();
            }
          }
        }
        case "wait a minute" -> {
          synchronized (this) {
            if (value == null) {
              wait(60_000);
            }
          }
        }
        case "await" -> {
          lock.lock();
          try {
            if (value == null) {
              came.await();
            }
          } finally {
            lock.unlock();
          }
        }
        case "await a minute" -> {
          lock.lock();
          try {
            if (value == null && !came.await(1, TimeUnit.MINUTES)) {
              return "too late";
            }
          } finally {
            lock.unlock();
          }
        }
        case "awaitUninterruptibly" -> {
          lock.lock();
          try {
            if (value == null) {
              came.awaitUninterruptibly();
            }
          } finally {
            lock.unlock();
          }
        }
        case "park" -> {
          parks = Thread.currentThread();
          if (value == null) {
            LockSupport.park();
          }
        }
        default -> throw new IllegalArgumentException(how);
      }
      return value;
    }

    void put(String put) {
      lock.lock();
      try {
        synchronized (this) {
          value = put;
          notifyAll();
        }
        came.signalAll();
      } finally {
        lock.unlock();
      }
      LockSupport.unpark(parks);
    }
  }

  /** The same, waiting in a loop. */
  static class Patient extends Hasty {
    @Override
    String get(String how) throws InterruptedException {
      String got = super.get(how);
      while (got == null) {
        got = super.get(how);
      }
      return got;
    }
  }

  private static void giveAndTake(Run run, Hasty one, String how) {
    run.thread("takes", () -> assertThat(one.get(how)).isNotNull());
    run.thread("gives", () -> one.put("x"));
  }

  private static InterleavingError error(Interleavings interleavings, String how) {
    return catchThrowableOfType(
        InterleavingError.class,
        () ->
            interleavings.explore(run -> {
              giveAndTake(run, new Hasty(), how);
              run.join();
            }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "await", "await a minute", "awaitUninterruptibly", "park"})
  void who_takes_a_wake_up_for_a_signal_is_found_and_told(String how) {
    for (int seed = 1; seed <= 20; seed++) {
      InterleavingError error = error(Interleavings.of(Hasty.class).seed(seed), how);
      assertThat(error).as("an if around %s, seed %d", how, seed).isNotNull();
      assertThat(error.getMessage())
          .containsPattern(
              "\\d[.] \"takes\" wakes up without a signal in its call \\S+"
                  + " \\(WakeUpsTest[.]Hasty[.]get, line \\d+\\), as the Javadoc of "
                  + how.replace(" a minute", "")
                  + " allows\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "await", "awaitUninterruptibly", "park"})
  void a_replay_wakes_it_up_again(String how) {
    InterleavingError error = error(Interleavings.of(Hasty.class), how);
    for (int i = 0; i < 40; i++) {
      InterleavingError again = error(Interleavings.of(Hasty.class).replay(error.schedule()), how);
      assertThat(again).as(error.schedule()).isNotNull();
      assertThat(again.getMessage()).contains("wakes up without a signal");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait a minute", "await", "awaitUninterruptibly", "park"})
  void who_looks_again_is_not_affected(String how) {
    Exploration exploration =
        Interleavings.of(Hasty.class, Patient.class)
            .explore(run -> {
              giveAndTake(run, new Patient(), how);
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void an_interrupt_does_not_end_a_wait_that_is_uninterruptible_and_is_kept() {
    Exploration exploration =
        Interleavings.of(Hasty.class, Patient.class)
            .explore(run -> {
              var patient = new Patient();
              Thread takes =
                  run.thread(
                      "takes",
                      () -> {
                        assertThat(patient.get("awaitUninterruptibly")).isEqualTo("x");
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                      });
              takes.interrupt();
              run.thread("gives", () -> patient.put("x"));
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void nobody_is_woken_when_nobody_else_could_move() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Hasty.class)
                .explore(run -> {
                  var hasty = new Hasty();
                  run.thread("takes", () -> hasty.get("wait"));
                  run.join();
                }))
        .withMessageContaining("stuck: every thread waits, and nobody is left to wake them");
  }
}

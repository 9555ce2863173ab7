package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a time to pass is not stuck, though nothing moves for longer than usual. */
@Timeout(60) // bounds a hang
class TimersTest {
  /** Longer than nothing may move elsewhere. */
  private static final int MILLIS = 700;

  static class Box {
    private volatile String value = "";

    void put(String newValue) {
      value = newValue;
    }

    String get() {
      return value;
    }
  }

  private static final Interleavings ONE_ORDER = Interleavings.of(Box.class).replay("");

  @Test
  void a_task_of_a_scheduled_executor_is_waited_for() {
    ONE_ORDER.explore(run -> {
      var box = new Box();
      try (var executor = Executors.newScheduledThreadPool(1)) {
        executor.schedule(() -> box.put("x"), MILLIS, TimeUnit.MILLISECONDS).get();
      }
      assertThat(box.get()).isEqualTo("x");
    });
  }

  @Test
  void a_delayed_executor_is_waited_for() {
    ONE_ORDER.explore(run -> {
      var box = new Box();
      var later = CompletableFuture.delayedExecutor(MILLIS, TimeUnit.MILLISECONDS);
      CompletableFuture.runAsync(() -> box.put("x"), later).join();
      assertThat(box.get()).isEqualTo("x");
    });
  }

  /** Gets its value within a second, which is surely enough. */
  static class Impatient {
    private final CompletableFuture<String> value = new CompletableFuture<>();

    void put(String newValue) {
      value.complete(newValue);
    }

    String get() {
      return value.completeOnTimeout("none", 1, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void a_future_that_times_out_does_so_by_the_clock_of_the_run() {
    Interleavings.of(Impatient.class)
        .replay("")
        .explore(run -> {
          assertThat(new Impatient().get()).isEqualTo("none");
          var future = new CompletableFuture<String>().orTimeout(10, TimeUnit.MINUTES);
          var box = new Impatient();
          box.put(future.handle((value, thrown) -> thrown.getClass().getSimpleName()).join());
          assertThat(box.get()).isEqualTo("TimeoutException");
        });
  }

  @Test
  void that_a_future_times_out_before_another_thread_comes_is_tried() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Impatient.class)
                .explore(run -> {
                  var box = new Impatient();
                  run.thread("puts", () -> box.put("x"));
                  assertThat(box.get()).isEqualTo("x");
                }))
        .withMessageContaining("1 s passes");
  }

  @Test
  void a_future_that_never_times_out_leaves_no_thread() {
    ONE_ORDER.explore(run -> {
      new Box().put("x");
      new CompletableFuture<String>().orTimeout(1, TimeUnit.DAYS);
      new CompletableFuture<String>().orTimeout(1, TimeUnit.MINUTES);
    });
  }

  @Test
  void a_sleeping_thread_is_waited_for() {
    ONE_ORDER.explore(run -> {
      var box = new Box();
      run.platformThread(
          "sleeps",
          () -> {
            Thread.sleep(MILLIS);
            box.put("x");
          });
      run.thread("waits", () -> Thread.sleep(Duration.ofMillis(MILLIS)));
      run.join();
      assertThat(box.get()).isEqualTo("x");
    });
  }

  @Test
  void a_timer_of_somebody_else_is_not_waited_for() {
    var answer = new CompletableFuture<String>().orTimeout(1, TimeUnit.HOURS);
    while (Thread.getAllStackTraces().keySet().stream().noneMatch(TimersTest::isWaitingTimer)) {
      Thread.onSpinWait(); // the timer's thread may not have come to wait yet
    }
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            ONE_ORDER.explore(run -> {
              new Box().put("x");
              new CompletableFuture<String>().join();
            }))
        .withMessageContaining("stuck");
    answer.cancel(true);
  }

  private static boolean isWaitingTimer(Thread thread) {
    return thread.getClass().getName().endsWith("DelayScheduler")
        && thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void a_thread_that_is_called_like_one_of_the_JDKs_timers_is_none() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            ONE_ORDER.explore(run -> {
              var box = new Box();
              Thread.ofPlatform()
                  .daemon()
                  .name("my-delayScheduler")
                  .start(() -> {
                    while (box.get().isEmpty()) {
                      LockSupport.park();
                    }
                  });
            }))
        .withMessageContaining("my-delayScheduler");
  }

  @Test
  void a_run_that_waits_too_long_fails_and_says_so() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            ONE_ORDER.explore(run -> {
              new Box().put("x");
              var later = CompletableFuture.delayedExecutor(1, TimeUnit.HOURS);
              CompletableFuture.runAsync(() -> {}, later).join();
            }))
        .withMessageContaining("still waits for a real time to pass");
  }
}

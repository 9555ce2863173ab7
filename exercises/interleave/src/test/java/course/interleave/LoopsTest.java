package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that go round in a loop of the test until another has done something. */
@Timeout(60) // bounds a hang
class LoopsTest {
  @SuppressWarnings("NonAtomicVolatileUpdate") // the bug
  static class Counter {
    private volatile int value;

    void increment() {
      value++;
    }

    synchronized void incrementAlone() {
      value++;
    }
  }

  static class SpinLock {
    private final AtomicBoolean taken = new AtomicBoolean();
    private int value; // guarded by taken

    void increment() {
      while (!taken.compareAndSet(false, true)) {
        Thread.onSpinWait();
      }
      value++;
      taken.set(false);
    }
  }

  @Test
  void threads_that_spin_and_change_places_do_not_keep_one_from_giving_the_lock_back() {
    Exploration exploration =
        Interleavings.of(SpinLock.class)
            .explore(run -> {
              var lock = new SpinLock();
              run.thread("a", lock::increment);
              run.thread("b", lock::increment);
              run.thread("c", lock::increment);
              run.join();
              assertThat(lock.value).isEqualTo(3);
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void who_goes_round_before_it_uses_the_code_keeps_nobody_waiting() {
    Exploration exploration =
        Interleavings.of(Counter.class)
            .explore(run -> {
              var counter = new Counter();
              var done = new AtomicInteger();
              run.thread(
                  "waits",
                  () -> {
                    awaitAll(done, 1);
                    counter.incrementAlone();
                  });
              run.thread(
                  "goes first",
                  () -> {
                    counter.incrementAlone();
                    done.incrementAndGet();
                  });
              run.join();
              assertThat(counter.value).isEqualTo(2);
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void the_scenario_itself_may_go_round() {
    Exploration exploration =
        Interleavings.of(Counter.class)
            .explore(run -> {
              var counter = new Counter();
              var done = new AtomicInteger();
              for (int i = 0; i < 2; i++) {
                run.thread(
                    "thread " + i,
                    () -> {
                      counter.incrementAlone();
                      done.incrementAndGet();
                    });
              }
              awaitAll(done, 2);
              assertThat(counter.value).isEqualTo(2);
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void threads_that_wait_for_each_other_in_a_loop_still_meet_in_the_bug() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Counter.class)
                .explore(run -> {
                  var counter = new Counter();
                  var ready = new AtomicInteger();
                  for (int i = 0; i < 2; i++) {
                    run.thread(
                        "thread " + i,
                        () -> {
                          ready.incrementAndGet();
                          awaitAll(ready, 2);
                          counter.increment();
                        });
                  }
                  run.join();
                  assertThat(counter.value).isEqualTo(2);
                }))
        .withMessageContaining("but was: 1");
  }

  private static void awaitAll(AtomicInteger seen, int all) {
    while (seen.get() < all) {
      Thread.onSpinWait();
    }
  }
}

package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run has a time of its own, which passes only when nobody can move. */
@Timeout(60) // bounds a hang
class OwnTimeTest {
  /** Waits for its worker for a second, which is surely enough. */
  static class Hasty {
    private final CountDownLatch done = new CountDownLatch(1);
    private int value;

    void work() {
      value = 1;
      done.countDown();
    }

    int result() throws InterruptedException {
      return done.await(1, TimeUnit.SECONDS) ? value : -1;
    }
  }

  @Test
  void that_a_time_runs_out_before_another_thread_comes_is_tried() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Hasty.class)
                .explore(run -> {
                  var hasty = new Hasty();
                  run.thread("worker", hasty::work);
                  assertThat(hasty.result()).isEqualTo(1);
                }))
        .withMessageContaining(
            "1 s passes: the time of \"scenario\" runs out in its call CountDownLatch.await");
  }

  /** Waits as long as it takes, by the hour. */
  static class Patient {
    private final CountDownLatch done = new CountDownLatch(1);
    private int value;

    void work() {
      value = 1;
      done.countDown();
    }

    int result() throws InterruptedException {
      while (!done.await(1, TimeUnit.HOURS)) {
        Thread.sleep(1);
      }
      return value;
    }
  }

  @Test
  void who_waits_on_and_on_for_one_that_is_held_gets_it_in_the_end() throws Exception {
    Interleavings.of(Patient.class)
        .explore(run -> {
          var patient = new Patient();
          run.thread("worker", patient::work);
          assertThat(patient.result()).isEqualTo(1);
        });
  }

  /** Spins for a second until its lock is free, which is surely enough. */
  static class Spinner {
    private final ReentrantLock lock = new ReentrantLock();
    private int value; // guarded by lock

    void add() {
      long since = System.nanoTime();
      while (!lock.tryLock()) {
        if (System.nanoTime() - since > 1_000_000_000) {
          return;
        }
        Thread.onSpinWait();
      }
      try {
        value++;
      } finally {
        lock.unlock();
      }
    }
  }

  @Test
  void that_a_time_runs_out_for_one_that_spins_while_another_is_held_is_tried() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Spinner.class)
                .explore(run -> {
                  var spinner = new Spinner();
                  run.thread("one", spinner::add);
                  run.thread("other", spinner::add);
                  run.join();
                  assertThat(spinner.value).isEqualTo(2);
                }));
  }

  @Test
  void the_time_limit_of_a_scenario_comes_last() {
    Exploration exploration =
        Interleavings.of(Hasty.class)
            .explore(run -> {
              var hasty = new Hasty();
              var ended = new CountDownLatch(1);
              run.thread(
                  "worker",
                  () -> {
                    hasty.work();
                    ended.countDown();
                  });
              assertThat(ended.await(1, TimeUnit.MILLISECONDS)).isTrue();
            });
    assertThat(exploration.complete()).isTrue();
  }

  /** Ends when it has been idle for ten seconds, and not before. */
  static class Idler {
    private final BlockingQueue<String> work = new ArrayBlockingQueue<>(9);
    private final Thread worker = Thread.ofVirtual().name("worker").start(this::run);

    private void run() {
      try {
        String item = work.take();
        while (item != null) {
          item = work.poll(10, TimeUnit.SECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void give(String item) {
      work.add(item);
    }

    boolean isThere() {
      return worker.isAlive();
    }
  }

  @Test
  void idle_for_a_time_and_not_before_can_be_tested() {
    ONE_IDLER.explore(run -> {
      var idler = new Idler();
      idler.give("first");
      Thread.sleep(9_000);
      idler.give("a");
      Thread.sleep(9_999);
      assertThat(idler.isThere()).isTrue();
      Thread.sleep(1);
      Thread.sleep(1);
      assertThat(idler.isThere()).isFalse();
    });
  }

  private static final Interleavings ONE_IDLER = Interleavings.of(Idler.class).replay("");

  /** Polls for ever. */
  static class Poller {
    private final BlockingQueue<String> work = new ArrayBlockingQueue<>(1);
    private volatile boolean stopped;

    void run() {
      try {
        while (!stopped) {
          String next = work.poll(20, TimeUnit.MILLISECONDS);
          if (next != null) {
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void stop() {
      stopped = true;
    }
  }

  @Test
  void a_poll_with_a_short_time_costs_nothing() {
    Exploration exploration =
        Interleavings.of(Poller.class)
            .explore(run -> {
              var poller = new Poller();
              run.thread("poller", poller::run);
              poller.stop();
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  /** Looks up each millisecond, and is told to end after an hour. */
  static class Lookout {
    private final CountDownLatch end = new CountDownLatch(1);

    int looks() throws InterruptedException {
      int looks = 1;
      while (!end.await(1, TimeUnit.MILLISECONDS)) {
        looks++;
      }
      return looks;
    }
  }

  @Test
  void who_looks_up_all_the_time_can_do_so_for_an_hour() {
    Interleavings.of(Lookout.class)
        .replay("")
        .explore(run -> {
          var lookout = new Lookout();
          run.thread("lookout", () -> assertThat(lookout.looks()).isGreaterThan(2_000));
          Thread.sleep(Duration.ofHours(1));
          lookout.end.countDown();
          run.join();
        });
  }

  /** Looks each millisecond whether it is told to end, which takes a while. */
  static class Looker {
    private boolean told; // guarded by this

    synchronized void look() throws InterruptedException {
      while (!told) {
        wait(1);
      }
    }

    void tellLater() {
      for (int i = 0; i < 20; i++) {
        Thread.onSpinWait();
      }
      synchronized (this) {
        told = true;
      }
    }
  }

  @Test
  void who_spins_has_its_turn_though_another_looks_for_ever() {
    Interleavings.of(Looker.class)
        .explore(run -> {
          var looker = new Looker();
          run.thread("looker", looker::look);
          looker.tellLater();
          run.join();
        });
  }

  @Test
  void who_polls_for_ever_is_told_to_come_to_no_end() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Poller.class)
                .explore(run -> {
                  run.thread("poller", new Poller()::run);
                  run.join();
                }))
        .withMessageStartingWith("no progress");
  }

  @Test
  void who_sleeps_on_and_on_after_the_scenario_is_left_over() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Poller.class)
                .explore(run -> Thread.startVirtualThread(new Poller()::run)))
        .withMessageStartingWith("1 thread is left over");
  }
}

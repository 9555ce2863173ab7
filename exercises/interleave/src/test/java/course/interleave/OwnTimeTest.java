package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run has a time of its own, which passes only when nobody can move. */
@Timeout(60) // bounds a hang
class OwnTimeTest {
  private static final long MINUTES = 10;

  /** Waits ten minutes in all the ways there are, for what never comes. */
  @SuppressWarnings("WaitNotInLoop") // nobody wakes it
  static class Patient {
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock fair = new ReentrantLock(true);
    private final Condition condition = lock.newCondition();
    private final Condition ofFair = fair.newCondition();
    private final BlockingQueue<String> empty = new ArrayBlockingQueue<>(1);

    synchronized void waitInMonitor() throws InterruptedException {
      wait(Duration.ofMinutes(MINUTES).toMillis());
    }

    boolean waitForCondition(boolean ofFairLock) throws InterruptedException {
      ReentrantLock taken = ofFairLock ? fair : lock;
      taken.lock();
      try {
        return (ofFairLock ? ofFair : condition).await(MINUTES, TimeUnit.MINUTES);
      } finally {
        taken.unlock();
      }
    }

    long awaitNanos() throws InterruptedException {
      lock.lock();
      try {
        return condition.awaitNanos(TimeUnit.MINUTES.toNanos(MINUTES));
      } finally {
        lock.unlock();
      }
    }

    String poll() throws InterruptedException {
      return empty.poll(MINUTES, TimeUnit.MINUTES);
    }

    boolean offer() throws InterruptedException {
      return new SynchronousQueue<String>().offer("x", MINUTES, TimeUnit.MINUTES);
    }

    boolean tryAcquire() throws InterruptedException {
      return new Semaphore(0).tryAcquire(MINUTES, TimeUnit.MINUTES);
    }

    boolean awaitLatch() throws InterruptedException {
      return new CountDownLatch(1).await(MINUTES, TimeUnit.MINUTES);
    }

    String timesOut() throws Exception {
      var said = new StringBuilder();
      try {
        new CompletableFuture<String>().get(MINUTES, TimeUnit.MINUTES);
      } catch (TimeoutException e) {
        said.append("future ");
      }
      try {
        new CyclicBarrier(2).await(MINUTES, TimeUnit.MINUTES);
      } catch (TimeoutException e) {
        said.append("barrier ");
      }
      try {
        new Exchanger<String>().exchange("x", MINUTES, TimeUnit.MINUTES);
      } catch (TimeoutException e) {
        said.append("exchanger");
      }
      return said.toString();
    }

    void sleep() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(MINUTES));
    }

    void park() {
      LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(MINUTES));
    }

    boolean join() throws InterruptedException {
      var held = new CountDownLatch(1);
      Thread waits =
          Thread.startVirtualThread(() -> {
            try {
              held.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      boolean ended = waits.join(Duration.ofMinutes(MINUTES));
      held.countDown();
      waits.join();
      return ended;
    }

    boolean tryLock() throws InterruptedException {
      lock.lock();
      try {
        var result = new boolean[] {true};
        Thread tries =
            Thread.startVirtualThread(() -> {
              try {
                result[0] = lock.tryLock(MINUTES, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
        tries.join();
        return result[0];
      } finally {
        lock.unlock();
      }
    }

    boolean awaitTermination() throws InterruptedException {
      try (var executor = Executors.newSingleThreadExecutor()) {
        return executor.awaitTermination(MINUTES, TimeUnit.MINUTES);
      }
    }

    void spinUntilLater() {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    Instant now() {
      return Instant.now();
    }
  }

  private static final Interleavings ONE_ORDER = Interleavings.of(Patient.class).replay("");

  @Test
  void ten_minutes_take_no_real_time_whatever_one_waits_in() {
    ONE_ORDER.explore(run -> {
      var patient = new Patient();
      Instant begin = patient.now();
      int waits = 0;
      patient.waitInMonitor();
      waits++;
      assertThat(patient.waitForCondition(false)).isFalse();
      waits++;
      assertThat(patient.waitForCondition(true)).isFalse();
      waits++;
      assertThat(patient.awaitNanos()).isNotPositive();
      waits++;
      assertThat(Duration.between(begin, patient.now()).toMinutes()).isEqualTo(waits * MINUTES);
    });
    ONE_ORDER.explore(run -> {
      var patient = new Patient();
      Instant begin = patient.now();
      assertThat(patient.poll()).isNull();
      assertThat(patient.offer()).isFalse();
      assertThat(patient.tryAcquire()).isFalse();
      assertThat(patient.awaitLatch()).isFalse();
      assertThat(Duration.between(begin, patient.now()).toMinutes()).isEqualTo(4 * MINUTES);
    });
    ONE_ORDER.explore(run -> {
      var patient = new Patient();
      Instant begin = patient.now();
      assertThat(patient.timesOut()).isEqualTo("future barrier exchanger");
      patient.sleep();
      patient.park();
      assertThat(Duration.between(begin, patient.now()).toMinutes()).isEqualTo(5 * MINUTES);
    });
    ONE_ORDER.explore(run -> {
      var patient = new Patient();
      Instant begin = patient.now();
      assertThat(patient.join()).isFalse();
      assertThat(patient.tryLock()).isFalse();
      assertThat(patient.awaitTermination()).isFalse();
      assertThat(Duration.between(begin, patient.now()).toMinutes()).isEqualTo(3 * MINUTES);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    });
  }

  @Test
  void who_spins_until_a_time_gets_there() {
    ONE_ORDER.explore(run -> {
      var patient = new Patient();
      Instant begin = patient.now();
      patient.spinUntilLater();
      assertThat(Duration.between(begin, patient.now()).toMinutes())
          .isGreaterThanOrEqualTo(MINUTES);
    });
  }

  @Test
  void the_scenario_reads_the_same_clock() {
    ONE_ORDER.explore(run -> {
      var patient = new Patient();
      long begin = System.nanoTime();
      Instant date = Clock.systemUTC().instant();
      patient.sleep();
      assertThat(System.nanoTime() - begin).isEqualTo(TimeUnit.MINUTES.toNanos(MINUTES));
      assertThat(patient.now()).isEqualTo(date.plus(Duration.ofMinutes(MINUTES)));
    });
  }

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

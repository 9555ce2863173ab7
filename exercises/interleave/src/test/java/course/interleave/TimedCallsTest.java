package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever code waits in, it waits by the run's own time, and no real time passes. */
@Timeout(60) // bounds a hang
class TimedCallsTest {
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

    private static void waitFor(CountDownLatch held) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    boolean join() throws InterruptedException {
      var held = new CountDownLatch(1);
      Thread waits = Thread.startVirtualThread(() -> waitFor(held));
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

    String waitsByUnit() throws InterruptedException {
      synchronized (this) {
        TimeUnit.MINUTES.timedWait(this, MINUTES);
      }
      var held = new CountDownLatch(1);
      Thread waits = Thread.startVirtualThread(() -> waitFor(held));
      TimeUnit.MINUTES.timedJoin(waits, MINUTES);
      held.countDown();
      waits.join();
      return "for no time: " + waitsForNoTime();
    }

    private String waitsForNoTime() throws InterruptedException {
      synchronized (this) {
        TimeUnit.MINUTES.timedWait(this, 0);
        TimeUnit.MINUTES.timedWait(this, -1);
      }
      TimeUnit.MINUTES.timedJoin(Thread.currentThread(), 0);
      return "none";
    }

    /** Somebody has taken it already. */
    @SuppressWarnings("serial")
    private static final class Taken extends AbstractQueuedSynchronizer {
      @Override
      protected boolean tryAcquire(int argument) {
        return false;
      }

      @Override
      protected int tryAcquireShared(int argument) {
        return -1;
      }
    }

    boolean triesToAcquire() throws InterruptedException {
      var stamped = new StampedLock();
      stamped.writeLock();
      long nanos = TimeUnit.MINUTES.toNanos(MINUTES);
      return stamped.tryReadLock(MINUTES, TimeUnit.MINUTES) != 0
          || stamped.tryWriteLock(MINUTES, TimeUnit.MINUTES) != 0
          || new Taken().tryAcquireNanos(1, nanos)
          || new Taken().tryAcquireSharedNanos(1, nanos);
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
  void nor_in_ways_that_are_seldom_used() {
    ONE_ORDER.explore(run -> {
      var patient = new Patient();
      Instant begin = patient.now();
      assertThat(patient.waitsByUnit()).isEqualTo("for no time: none");
      assertThat(patient.triesToAcquire()).isFalse();
      assertThat(Duration.between(begin, patient.now()).toMinutes()).isEqualTo(6 * MINUTES);
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

  /** Sleeps for no time, which is a good moment for others and no more. */
  static class Polite {
    private boolean others;

    void sleepForNoTime() throws InterruptedException {
      Thread.sleep(0);
      Thread.sleep(Duration.ZERO);
      TimeUnit.SECONDS.sleep(-1);
    }

    void anotherComes() {
      others = true;
    }

    boolean anotherCame() {
      return others;
    }
  }

  @Test
  void a_sleep_of_no_time_does_not_wait_for_the_others() {
    Interleavings.of(Polite.class)
        .replay("")
        .explore(run -> {
          var polite = new Polite();
          run.thread("another", polite::anotherComes);
          polite.sleepForNoTime();
          assertThat(polite.anotherCame()).isFalse();
        });
  }
}

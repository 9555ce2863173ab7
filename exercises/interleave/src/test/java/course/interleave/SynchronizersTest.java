package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Latches and semaphores do what the JDK says, whoever waits for them and however. */
@Timeout(60) // bounds a hang
class SynchronizersTest {
  interface Wait {
    void await() throws InterruptedException;
  }

  /** Counts who has waited. */
  static class Room {
    final Semaphore places;
    final CountDownLatch open = new CountDownLatch(1);
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger turnedAway = new AtomicInteger();

    Room(Semaphore places) {
      this.places = places;
    }

    void enter(Wait wait) {
      try {
        wait.await();
        inside.incrementAndGet();
      } catch (InterruptedException e) {
        turnedAway.incrementAndGet();
      }
    }

    void awaitOpen() throws InterruptedException {
      open.await();
    }

    void awaitOpenByReference() throws InterruptedException {
      Wait wait = open::await;
      wait.await();
    }

    void take() throws InterruptedException {
      places.acquire();
    }

    void takeTwo() throws InterruptedException {
      places.acquire(2);
    }

    void takeThreeUninterruptibly() {
      places.acquireUninterruptibly(3);
    }
  }

  // Not under test: there, an hour may pass before others have gone on.

  private static Wait openWithinAnHour(Room room) {
    return () -> assertThat(room.open.await(1, TimeUnit.HOURS)).isTrue();
  }

  private static Wait takeWithinAnHour(Room room) {
    return () -> assertThat(room.places.tryAcquire(1, TimeUnit.HOURS)).isTrue();
  }

  private static void explore(Scenario scenario) {
    Interleavings.of(Room.class).randomOrders(5).explore(scenario);
  }

  @Test
  void all_go_on_when_a_latch_opens() {
    explore(run -> {
      var room = new Room(new Semaphore(0));
      run.platformThread("a", () -> room.enter(room::awaitOpen));
      run.platformThread("b", () -> room.enter(room::awaitOpenByReference));
      run.thread("c", () -> room.enter(openWithinAnHour(room)));
      Thread.sleep(1);
      assertThat(room.inside).hasValue(0);
      room.open.countDown();
      Thread.sleep(1);
      assertThat(room.inside).hasValue(3);
      run.join();
    });
  }

  @Test
  void each_goes_on_when_a_semaphore_has_as_much_as_it_takes() {
    explore(run -> {
      var room = new Room(new Semaphore(0, true));
      run.platformThread("a", () -> room.enter(room::takeThreeUninterruptibly));
      Thread.sleep(1);
      run.platformThread("b", () -> room.enter(room::takeTwo));
      Thread.sleep(1);
      run.platformThread("c", () -> room.enter(room::take));
      Thread.sleep(1);
      run.platformThread("d", () -> room.enter(takeWithinAnHour(room)));
      Thread.sleep(1);
      for (int permits = 1; permits <= 7; permits++) {
        room.places.release();
        Thread.sleep(1); // by the clock of the run: all others have gone on as far as they can
        int served = permits < 3 ? 0 : permits < 5 ? 1 : permits - 3;
        assertThat(room.inside).hasValue(served);
      }
      run.join();
    });
  }

  @Test
  void an_interrupt_ends_a_wait_unless_it_is_uninterruptible() {
    explore(run -> {
      var room = new Room(new Semaphore(0));
      var latch = run.platformThread("a", () -> room.enter(room::awaitOpen));
      var semaphore = run.platformThread("b", () -> room.enter(room::take));
      var timed = run.platformThread("c", () -> room.enter(takeWithinAnHour(room)));
      var deaf = run.platformThread("d", () -> room.enter(room::takeThreeUninterruptibly));
      Thread.sleep(1);
      for (Thread thread : new Thread[] {latch, semaphore, timed, deaf}) {
        thread.interrupt();
      }
      Thread.sleep(1);
      assertThat(room.turnedAway).hasValue(3);
      room.places.release(3);
      run.join();
      assertThat(room.inside).hasValue(1);
    });
  }

  @Test
  void who_waits_for_a_latch_for_ever_is_stuck() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            explore(run -> {
              var room = new Room(new Semaphore(0));
              run.platformThread("a", () -> room.enter(room::awaitOpen));
              run.join();
            }))
        .withMessageStartingWith("stuck")
        .withMessageContaining("\"a\": its last step was call CountDownLatch.await");
  }

  /** Has a permit for everybody. */
  @SuppressWarnings("serial") // nobody serialises it
  static class Boundless extends Semaphore {
    Boundless() {
      super(0);
    }

    @Override
    public int availablePermits() {
      throw new AssertionError("this is code under test: nobody else may call it");
    }

    @Override
    public void acquire() {
      // There is always one more.
    }

    @Override
    public void acquireUninterruptibly() {
      // The same.
    }

    @Override
    public boolean tryAcquire(long time, TimeUnit unit) {
      return true;
    }
  }

  @Test
  void one_of_the_codes_own_is_not_asked() {
    explore(run -> {
      var room = new Room(new Boundless());
      run.platformThread("a", () -> room.enter(room::take));
      run.platformThread("b", () -> room.enter(takeWithinAnHour(room)));
      run.platformThread("c", () -> room.enter(room.places::acquireUninterruptibly));
      run.join();
      assertThat(room.inside).hasValue(3);
    });
  }

  /** Somebody has it for ever. */
  @SuppressWarnings("serial") // nobody writes it
  static class Taken extends AbstractQueuedLongSynchronizer {
    @Override
    protected boolean tryAcquire(long argument) {
      return false;
    }

    @Override
    protected long tryAcquireShared(long argument) {
      return -1;
    }

    static boolean isGiven() throws InterruptedException {
      long nanos = TimeUnit.MINUTES.toNanos(10);
      return new Taken().tryAcquireNanos(1, nanos) || new Taken().tryAcquireSharedNanos(1, nanos);
    }
  }

  @Test
  void a_synchronizer_that_counts_far_waits_by_the_clock_of_the_run() {
    Interleavings.of(Taken.class)
        .replay("")
        .explore(run -> {
          long begin = System.nanoTime();
          assertThat(Taken.isGiven()).isFalse();
          assertThat(System.nanoTime() - begin).isEqualTo(TimeUnit.MINUTES.toNanos(20));
        });
  }
}

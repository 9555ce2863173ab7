package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A permit that a thread is given gets it past its next park, whenever it is given. */
@Timeout(120) // bounds a hang
class PermitsTest {
  private static final long HOURS = 7_200_000_000_000L;

  /** A worker that parks when it has nothing to do, and is unparked for each task. */
  static class Worker {
    private final AtomicReference<Runnable> given = new AtomicReference<>();
    private final Thread thread = Thread.ofVirtual().name("worker").unstarted(this::work);

    private void work() {
      while (!Thread.currentThread().isInterrupted()) {
        Runnable task = given.getAndSet(null);
        if (task == null) {
          LockSupport.parkNanos(HOURS);
        } else {
          task.run();
        }
      }
    }

    void start() {
      thread.start();
    }

    void run(Runnable task) {
      given.set(task);
      LockSupport.unpark(thread);
    }
  }

  @Test
  void one_that_is_given_while_a_thread_is_about_to_park_is_not_lost() throws Exception {
    Exploration exploration =
        Interleavings.of(Worker.class)
            .randomOrders(2_000)
            .threadsMayRemain()
            .explore(run -> {
              var first = new Worker();
              var second = new Worker();
              first.start();
              second.start();
              for (int n = 0; n < 3; n++) {
                var done = new CountDownLatch(2);
                first.run(() -> second.run(done::countDown));
                done.countDown();
                done.await();
              }
            });
    assertThat(exploration.complete()).isTrue();
  }

  /** Parks once, as only code may that can do with any wake-up. */
  static class Sleeper {
    private volatile boolean meant;
    private volatile boolean wokenOnPurpose;

    void sleep() {
      LockSupport.park(this);
      wokenOnPurpose = meant;
    }

    void wake(Thread sleeper) {
      meant = true;
      LockSupport.unpark(sleeper);
    }
  }

  @Test
  void one_that_nobody_gave_wakes_nobody() {
    Interleavings.of(Sleeper.class)
        .replay("newest-first")
        .explore(run -> {
          var sleeper = new Sleeper();
          Thread thread = run.thread("sleeper", sleeper::sleep);
          // Where no run sees it, as a permit comes late that was for a lock of the JDK's.
          LockSupport.class.getMethod("unpark", Thread.class).invoke(null, thread);
          Thread.sleep(1); // in the run's own time: whoever can go on does
          sleeper.wake(thread);
          run.join();
          assertThat(sleeper.wokenOnPurpose).isTrue();
        });
  }
}

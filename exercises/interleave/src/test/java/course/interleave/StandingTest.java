package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of whom is said that another holds what it waits for. */
@Timeout(60) // bounds a hang
@SuppressWarnings("LockNotBeforeTry") // nothing happens in between
class StandingTest {
  static class Locks {
    private final Lock lock = new ReentrantLock();

    void pass() {
      lock.lock();
      lock.unlock();
    }

    synchronized void enter() {
      // leaves it as well
    }

    void holdBoth(Runnable meanwhile) {
      lock.lock();
      try {
        synchronized (this) {
          meanwhile.run();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private static void await(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String report(Scenario scenario) {
    return catchThrowableOfType(
            InterleavingError.class, () -> Interleavings.of(Locks.class).explore(scenario))
        .getMessage();
  }

  private static void holdForEver(Run run, Locks locks, CountDownLatch held) throws Exception {
    var never = new CountDownLatch(1);
    run.thread(
        "holds",
        () ->
            locks.holdBoth(() -> {
              held.countDown();
              await(never);
            }));
    held.await();
  }

  @Test
  void not_of_who_has_passed_a_lock_and_waits_for_something_else() {
    for (boolean monitor : new boolean[] {true, false}) {
      String report =
          report(run -> {
            var locks = new Locks();
            var held = new CountDownLatch(1);
            var passed = new CountDownLatch(1);
            run.thread(
                "passes",
                () -> {
                  if (monitor) {
                    locks.enter();
                  } else {
                    locks.pass();
                  }
                  passed.countDown();
                  await(new CountDownLatch(1));
                });
            passed.await();
            holdForEver(run, locks, held);
            run.join();
          });
      assertThat(report).startsWith("stuck").contains("\"passes\": its last step");
      assertThat(report).doesNotContain("which \"holds\" holds");
    }
  }

  @Test
  void of_who_waits_for_a_lock() {
    for (boolean monitor : new boolean[] {true, false}) {
      String report =
          report(run -> {
            var locks = new Locks();
            holdForEver(run, locks, new CountDownLatch(1));
            run.thread("waits", monitor ? locks::enter : locks::pass);
            run.join();
          });
      assertThat(report).contains("which \"holds\" holds");
    }
  }

  @Test
  void threads_that_stand_in_the_same_place_are_told_once() {
    var never = new CountDownLatch(1);
    String report =
        report(run -> {
          var locks = new Locks();
          for (int n = 1; n <= 60; n++) {
            run.thread("a" + n, () -> locks.holdBoth(() -> await(never)));
          }
          run.join();
        });
    assertThat(report)
        .containsOnlyOnce("call Lock.lock (StandingTest.Locks.holdBoth, line 29)")
        .containsOnlyOnce("likewise 58 others");
  }

  @Test
  void a_few_are_named() {
    var never = new CountDownLatch(1);
    assertThat(
            report(run -> {
              var locks = new Locks();
              run.thread("holds", () -> locks.holdBoth(() -> await(never)));
              run.thread("b", locks::pass);
              run.thread("c", locks::pass);
              run.join();
            }))
        .contains("likewise \"c\"");
  }
}

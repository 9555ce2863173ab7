package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that the JDK's pools start, and tell nobody. */
@Timeout(60) // bounds a hang
class PoolsTest {
  static class Poll {
    private final AtomicInteger votes = new AtomicInteger();

    void collect(ExecutorService pool, Runnable vote) {
      pool.execute(vote);
    }

    int votes() {
      return votes.get();
    }
  }

  @RepeatedTest(20) // a pool's thread may be seen by chance
  void who_has_started_a_task_without_a_point_is_held_to_let_it_run() {
    Exploration exploration =
        Interleavings.of(Poll.class)
            .randomOrders(0)
            .explore(run -> {
              try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
                var poll = new Poll();
                poll.collect(pool, poll.votes::incrementAndGet); // the test's own: no point
                assertThat(poll.votes()).isBetween(0, 1);
              }
            });
    assertThat(exploration.explored()).as("orders of steps").isGreaterThan(2);
  }

  /** Takes two locks in either order. */
  static class Accounts {
    private final Object one = new Object();
    private final Object other = new Object();

    void there() {
      synchronized (one) {
        synchronized (other) {
          // a transfer
        }
      }
    }

    void back() {
      synchronized (other) {
        synchronized (one) {
          // a transfer
        }
      }
    }
  }

  /** The worker's sixty seconds do not count: nobody waits for them. */
  @Test
  void a_deadlock_is_told_though_a_worker_of_a_pool_has_nothing_to_do() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Accounts.class)
                .explore(run -> {
                  var accounts = new Accounts();
                  try (var pool = Executors.newCachedThreadPool()) {
                    pool.submit(accounts::there).get();
                    run.thread("there", accounts::there);
                    run.thread("back", accounts::back);
                    run.join();
                  }
                }))
        .withMessageStartingWith("deadlock");
  }
}

package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Threads that the JDK's pools start, and tell nobody. */
@Timeout(60) // bounds a hang
class PoolsTest {
  static class Poll {
    private final AtomicInteger votes = new AtomicInteger();

    void collect(ExecutorService pool) {
      pool.execute(votes::incrementAndGet); // straight into the JDK: no point
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
                poll.collect(pool);
                assertThat(poll.votes()).isBetween(0, 1);
              }
            });
    assertThat(exploration.explored()).as("orders of steps").isGreaterThan(2);
  }
}

package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** A queue of the code's own, which an executor also calls when it is shut down. */
  static class Tasks extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1;
    private int left;

    @Override
    public int drainTo(Collection<? super Runnable> to) {
      left = super.drainTo(to);
      return left;
    }
  }

  @Test
  void an_executor_that_was_left_open_is_closed_though_its_queue_is_under_test() {
    Exploration exploration =
        Interleavings.of(Poll.class, Tasks.class)
            .threadsMayRemain()
            .explore(run -> {
              var poll = new Poll();
              var pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new Tasks());
              poll.collect(pool, poll.votes::incrementAndGet);
              poll.collect(pool, poll.votes::incrementAndGet);
            });
    assertThat(exploration.explored()).isPositive();
  }

  /** Ends its pool while a task of it waits for ever. */
  @SuppressWarnings("FutureReturnValueIgnored") // it never comes
  static class Closes {
    private final CountDownLatch never = new CountDownLatch(1);

    private Void awaitNever() throws InterruptedException {
      never.await();
      return null;
    }

    void close(ExecutorService pool) {
      try (pool) {
        pool.submit(this::awaitNever);
      }
    }

    void close(ThreadPoolExecutor pool) {
      pool.submit(this::awaitNever);
      pool.close();
    }

    void close(String which) {
      switch (which) {
        case "fixed" -> close(Executors.newFixedThreadPool(1));
        case "virtual" -> close(Executors.newVirtualThreadPerTaskExecutor());
        case "fork and join" -> close(new ForkJoinPool(1));
        default -> close(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new Tasks()));
      }
    }
  }

  /** The JDK waits for a day in there, and then for another one. */
  @ParameterizedTest
  @ValueSource(strings = {"fixed", "virtual", "fork and join", "by its class"})
  void who_waits_in_a_close_that_never_ends_is_stuck(String which) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> Interleavings.of(Closes.class).explore(run -> new Closes().close(which)))
        .withMessageStartingWith("stuck")
        .withMessageContaining(".close (PoolsTest.Closes.close");
  }
}

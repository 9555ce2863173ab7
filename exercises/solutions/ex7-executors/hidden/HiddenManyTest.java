package course.server;

import static course.server.Fate.FREE_HANDLER;
import static course.server.Fate.NEW_HANDLER;
import static course.server.Fate.WAITS;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** So many messages at once that each maximum shows. */
@ExerciseTests
class HiddenManyTest {
  private static final int MANY = 10_000;

  /** Of a pool: more than any machine has cores. */
  private static final int SIZE = 100;

  private final AtomicInteger made = new AtomicInteger(); // handlers
  private final AtomicInteger begun = new AtomicInteger(); // messages
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private volatile String end; // of handing off: null until then, else what execute did

  @Test
  @Rule(1)
  void lesson_2_there_is_no_maximum(Story story) {
    ExecutorService executor =
        story.step("Handlers.perMessage(threads)", () -> Handlers.perMessage(this::newHandler));
    story.step("%,d messages are handed off, and none ends".formatted(MANY));
    story.expect("each of them gets a new handler");
    Thread connection = TestServer.daemon("connection").start(() -> handOffAll(executor));
    try {
      watch(connection, story);
    } finally {
      mayEnd.countDown();
      executor.shutdownNow();
      connection.interrupt();
    }
  }

  @Test
  @Rule(3)
  void lesson_3_has_as_many_handlers_as_it_is_told(Story story) {
    try (var server =
        new TestServer(
            story,
            "Handlers.fixed(%d, threads)".formatted(SIZE),
            threads -> Handlers.fixed(SIZE, threads))) {
      server.handOffMany(
          1, SIZE, "each of them gets a handler", List.of(NEW_HANDLER, FREE_HANDLER));
      manyWait(server);
    }
  }

  @Test
  @Rule(7)
  void lesson_4_grows_to_the_maximum_that_it_is_told(Story story) {
    try (var server =
        new TestServer(
            story,
            "Handlers.growing(minimum 1, maximum %d, idle 1 h, threads)".formatted(SIZE),
            threads -> Handlers.growing(1, SIZE, Duration.ofHours(1), threads))) {
      server.handOff(1, "a handler has message 1", List.of(NEW_HANDLER, FREE_HANDLER));
      server.handOffMany(2, SIZE, "each of them gets a new handler", List.of(NEW_HANDLER));
      manyWait(server);
    }
  }

  private static void manyWait(TestServer server) {
    server.handOffMany(
        SIZE + 1, 2 * SIZE, "each execute waits until a handler is free", List.of(WAITS));
  }

  /** Looks until there is no doubt: nobody helps if each handler that was made has a message. */
  private void watch(Thread connection, Story story) {
    while (begun.get() < MANY) {
      String seen = end; // before the numbers: they change until then
      if (seen == null && Message.isWaiting(connection.getState())) {
        seen = "execute waits";
      }
      int handlers = made.get();
      if (seen != null && handlers < MANY && begun.get() == handlers) {
        throw story.seen("when %,d messages are handled, %s".formatted(handlers, seen));
      }
      Thread.yield();
    }
  }

  private void handOffAll(ExecutorService executor) {
    try {
      for (int n = 0; n < MANY; n++) {
        executor.execute(this::handle);
      }
      end = "execute returns, and the next one lies in a queue";
    } catch (RuntimeException e) {
      end = "execute throws a " + e.getClass().getSimpleName();
    }
  }

  /** Returns a virtual thread: the machine may have no room for so many others. */
  private Thread newHandler(Runnable task) {
    made.incrementAndGet();
    return Thread.ofVirtual().unstarted(task);
  }

  private void handle() {
    begun.incrementAndGet();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the test is over
    }
  }
}

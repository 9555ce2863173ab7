package course.server;

import course.testkit.ExerciseTests;
import course.testkit.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@ExerciseTests
class PoolsTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** Held messages wait for it: it is opened at the end of each test. */
  private final CountDownLatch open = new CountDownLatch(1);

  @Test
  @Order(1)
  void in_lesson_2_each_message_gets_a_handler_of_its_own(Story story) {
    var handlers = new Handlers(0);
    try (var pool = Pools.perMessage(handlers)) {
      story.step("1,000 messages are handed off; none of them is done");
      hold(1_000, pool, story);
      made(1_000, handlers, story);
    }
  }

  @Test
  @Order(2)
  void in_lesson_2_a_handler_ends_with_its_message(Story story) throws InterruptedException {
    var handlers = new Handlers(1);
    try (var pool = Pools.perMessage(handlers)) {
      story.step("A message is handed off, and is done at once");
      pool.execute(() -> {});
      story.await("the handler's thread ends", handlers.ended);
    }
  }

  @Test
  @Order(3)
  void in_lesson_3_there_are_never_more_handlers_than_asked_for(Story story) {
    var handlers = new Handlers(0);
    try (var pool = Pools.fixed(3, handlers)) {
      story.step("A pool of 3 handlers; 8 messages are handed off; none of them is done");
      hold(8, pool, story);
      made(3, handlers, story);
    }
  }

  @Test
  @Order(4)
  void in_lesson_3_messages_wait_in_their_order(Story story) throws InterruptedException {
    var done = new CountDownLatch(3);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    Set<String> handledBy = ConcurrentHashMap.newKeySet();
    try (var pool = Pools.fixed(1, new Handlers(0))) {
      story.step("A pool of 1 handler, which is busy; messages 1, 2 and 3 are handed off");
      hold(1, pool, story);
      for (int number = 1; number <= 3; number++) {
        int message = number;
        pool.execute(() -> {
          order.add(message);
          handledBy.add(Thread.currentThread().getName());
          done.countDown();
        });
      }
      story.step("The handler is done with its first message");
      open.countDown();
      story.await("all three are handled", done);
      story.check(
          handledBy.equals(Set.of("handler 1")),
          "they wait for the handler that is busy",
          "they did not wait: other threads handled them");
      story.equal("the order in which they are handled is", List.of(1, 2, 3), order);
    }
  }

  @Test
  @Order(5)
  void in_lesson_4_the_pool_grows_when_all_handlers_are_busy(Story story) {
    var handlers = new Handlers(0);
    try (var pool = Pools.growing(1, 3, LONG, handlers)) {
      story.step("A pool of 1 to 3 handlers; 3 messages are handed off; none of them is done");
      hold(3, pool, story);
      made(3, handlers, story);
    }
  }

  @Test
  @Order(6)
  void in_lesson_4_who_hands_off_one_too_many_handles_it_itself(Story story) {
    var handlers = new Handlers(0);
    var handledBy = new Thread[1];
    try (var pool = Pools.growing(1, 3, LONG, handlers)) {
      story.step("A pool of 1 to 3 handlers; 3 messages are handed off; none of them is done");
      hold(3, pool, story);
      story.step("The thread \"connection\" hands off a fourth message");
      Thread connection =
          Thread.ofPlatform()
              .name("connection")
              .start(() -> handOff(pool, () -> handledBy[0] = Thread.currentThread()));
      story.step("it comes back", () -> connection.join(Duration.ofSeconds(5)));
      boolean itself = connection.equals(handledBy[0]);
      open.countDown();
      story.check(
          itself,
          "the message was handled before the hand-off came back, by the thread \"connection\"",
          "the hand-off came back and \"connection\" had not handled it: the message waits, or was"
              + " refused, or got one handler more");
    }
  }

  @Test
  @Order(7)
  void in_lesson_4_idle_handlers_end_down_to_the_least(Story story) throws InterruptedException {
    var handlers = new Handlers(2);
    try (var pool = Pools.growing(1, 3, Duration.ofMillis(1), handlers)) {
      story.step("A pool of 1 to 3 handlers; 3 messages are handed off, and are done later");
      hold(3, pool, story);
      open.countDown();
      story.await("2 of the 3 handlers end when they have been idle for 1 ms", handlers.ended);
    }
  }

  /** Hands off messages that are done when the test opens. */
  private void hold(int count, ExecutorService pool, Story story) {
    story.expect("all " + count + " are accepted");
    for (int number = 1; number <= count; number++) {
      try {
        pool.execute(this::awaitOpen);
      } catch (RejectedExecutionException e) {
        open.countDown();
        throw story.seen("message " + number + " was refused");
      }
    }
  }

  private void awaitOpen() {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void handOff(ExecutorService pool, Runnable message) {
    try {
      pool.execute(message);
    } catch (RejectedExecutionException e) {
      // Then nobody handles it.
    }
  }

  /** Checks how many threads there are for the messages that are held, and lets those end. */
  private void made(int expected, Handlers handlers, Story story) {
    int made = handlers.made.get();
    open.countDown();
    story.equal("the number of handlers is", expected, made);
  }
}

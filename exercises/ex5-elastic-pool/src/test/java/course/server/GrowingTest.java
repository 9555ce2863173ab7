package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.allAreBack;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.runOnce;
import static course.server.HandOffs.waitsFor;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** When the pool grows, and when a message waits instead. */
@ExerciseTests
class GrowingTest {
  /** More than any machine has cores. */
  private static final int MANY = 100;

  @Test
  @Rule(value = 1, points = 1)
  void the_pool_grows_while_all_handlers_are_busy(Story story) {
    exploreOpen(
        story,
        "1 to 3 handlers get 3 messages; none ends before all have begun",
        "there is 1 handler at first, and 3 messages are handled at once in the end",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 3, LONG, handlers);
          handlers.wereStarted(1);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first, second, third);
          end(first, second, third);
        });
    runOnce(
        story,
        "A pool of 3 to 5 handlers is made",
        "it starts with 3 handlers",
        run -> {
          var handlers = HandlerThreads.counted();
          new HandlerPool(3, 5, LONG, handlers);
          handlers.wereStarted(3);
        });
    runOnce(
        story,
        "1 to 2 handlers get one and the same Runnable twice; none ends before both have begun",
        "it is handled by both at once",
        run -> {
          var pool = new HandlerPool(1, 2, LONG, HandlerThreads.counted());
          var same = Message.slow();
          begin(pool, same, same);
          same.end();
        });
    growsToMany(story);
  }

  private static void growsToMany(Story story) {
    var begun = new CountDownLatch(MANY);
    try {
      runOnce(
          story,
          "1 to " + MANY + " handlers get " + MANY + " messages; none ends before all have begun",
          "all are handled at once",
          run -> {
            var pool = new HandlerPool(1, MANY, LONG, HandlerThreads.counted());
            for (int n = 1; n <= MANY; n++) {
              pool.handOff(() -> begins(begun));
            }
            begun.await();
          });
    } catch (AssertionFailedError e) {
      if (begun.getCount() == 0 || begun.getCount() == MANY) {
        throw e;
      }
      // Where each of so many threads waits would fill pages.
      throw story.seen("some are handled, and the others wait until one of those has ended");
    }
  }

  private static void begins(CountDownLatch begun) {
    begun.countDown();
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Rule(1)
  void two_messages_that_come_at_the_same_time_are_handled_at_once(Story story) {
    exploreOpen(
        story,
        "1 to 3 handlers, 1 is busy; messages 2 and 3 come at the same time, and neither ends"
            + " before both have begun",
        "all three are handled at once",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 3, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first);
          run.thread("connection 1", () -> pool.handOff(second));
          run.thread("connection 2", () -> pool.handOff(third));
          second.awaitBegin();
          third.awaitBegin();
          handlers.wereStarted(3);
          end(first, second, third);
        });
  }

  @Test
  @Rule(value = 2, points = 2)
  void the_pool_does_not_grow_while_a_handler_is_idle(Story story) {
    exploreOpen(
        story,
        "2 to 3 handlers get 2 messages, right after the pool was made. When both have ended, and"
            + " their handlers are idle again, 2 more come",
        "the 2 handlers that are there from the start get them; none is started",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(2, 3, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          handlers.wereStarted(2);
          end(first, second);
          allAreBack();
          var third = Message.slow();
          var fourth = Message.slow();
          begin(pool, third, fourth);
          handlers.wereStarted(2);
          end(third, fourth);
        });
    exploreOpen(
        story,
        "1 to 3 handlers, 1 is busy; message 2 comes while message 1 ends. When 2 is handled, and"
            + " all others wait, message 3 comes",
        "there are never more than 2 handlers",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 3, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first);
          run.thread("connection", () -> pool.handOff(second));
          first.end();
          second.awaitBegin();
          run.join();
          allAreBack();
          begin(pool, third);
          handlers.areAtMost(2);
          end(second, third);
        });
  }

  @Test
  @Rule(value = 3, points = 2)
  void at_the_maximum_a_message_waits_until_a_handler_is_free(Story story) {
    exploreOpen(
        story,
        "2 handlers are the maximum, busy with messages 1 and 2; 3 and 4 are handed off; then 1"
            + " ends",
        "these two hand-offs wait until message 1 has ended; then 3 and 4 are handled, one by one",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.quick();
          var fourth = Message.quick();
          begin(pool, first, second);
          run.thread("connection 1", () -> waitsFor(first, pool, third));
          run.thread("connection 2", () -> waitsFor(first, pool, fourth));
          first.end();
          third.awaitBegin();
          fourth.awaitBegin();
          handlers.areAtMost(2);
          second.end();
        });
    exploreOpen(
        story,
        "2 handlers get one and the same Runnable twice, right after the pool was made",
        "it is handled twice",
        run -> {
          var pool = new HandlerPool(2, 2, LONG, HandlerThreads.counted());
          var same = Message.quick();
          begin(pool, same, same);
        });
    runOnce(
        story,
        "1 handler is the maximum, busy with message 1. Two connections hand off one and the same"
            + " Runnable; then 1 ends",
        "it is handled twice, after message 1",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var same = Message.quick();
          begin(pool, first);
          run.thread("connection 1", () -> waitsFor(first, pool, same));
          run.thread("connection 2", () -> waitsFor(first, pool, same));
          allAreBack(); // both wait
          first.end();
          same.awaitBegin();
          same.awaitBegin();
          run.join();
          allAreBack();
          same.wasHandled("the Runnable", 2);
        });
  }

  @Test
  @Rule(value = 4, points = 3)
  void two_hand_offs_at_the_same_time_do_not_start_one_too_many(Story story) {
    exploreOpen(
        story,
        "1 to 2 handlers, 1 is busy; messages 2 and 3 come at the same time",
        "one of them gets the second handler; the other one waits, and is handled later",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.quick();
          var third = Message.quick();
          begin(pool, first);
          run.thread("connection 1", () -> pool.handOff(second));
          run.thread("connection 2", () -> pool.handOff(third));
          second.awaitBegin();
          third.awaitBegin();
          handlers.areAtMost(2);
          first.end();
        });
    exploreOpen(
        story,
        "1 to 2 handlers, 1 is busy with message 1; messages 2 and 3 come while it ends, and"
            + " neither ends before both have begun",
        "both are handled at once, and there are never more than 2 handlers",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first);
          run.thread("connection 1", () -> pool.handOff(second));
          run.thread("connection 2", () -> pool.handOff(third));
          run.thread("end of message 1", first::end);
          run.join();
          second.awaitBegin();
          third.awaitBegin();
          handlers.areAtMost(2);
          end(second, third);
        });
  }
}

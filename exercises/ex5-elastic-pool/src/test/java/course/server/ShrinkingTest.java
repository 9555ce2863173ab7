package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.SHORT;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.handOffInside;
import static course.server.HandOffs.passes;
import static course.server.HandOffs.runOnce;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When handlers end, and what becomes of a message that comes just then. */
@ExerciseTests
class ShrinkingTest {
  @Test
  @Rule(value = 7, points = 2)
  void idle_handlers_end(Story story) {
    exploreOpen(
        story,
        "The pool has grown from 1 handler to 3; then all messages end, and nothing comes for"
            + " longer than the idle time. Then 2 messages come",
        "2 of the 3 handlers end; then the pool grows again",
        run -> {
          var handlers = HandlerThreads.ending(2, SHORT);
          var pool = new HandlerPool(1, 3, SHORT, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first, second, third);
          end(first, second, third);
          handlers.awaitEnds();
          begin(pool, Message.slow(), Message.slow());
        });
    exploreOpen(
        story,
        "The pool has grown from 1 handler to 3; then message 3 ends, while messages 1 and 2 are"
            + " handled for longer than the idle time",
        "the handler that is idle ends: the 2 busy ones are more than the minimum",
        run -> {
          var handlers = HandlerThreads.ending(1, SHORT);
          var pool = new HandlerPool(1, 3, SHORT, handlers);
          var third = Message.slow();
          begin(pool, Message.slow(), Message.slow(), third);
          third.end();
          handlers.awaitEnds();
        });
    runOnce(
        story,
        "The pool has grown from 1 handler to 3; then message 1 ends, while messages 2 and 3 are"
            + " handled for longer than the idle time. In another pool it is message 2 that ends",
        "the handler that is idle ends: the 2 busy ones are more than the minimum",
        run -> {
          for (int ends = 0; ends < 2; ends++) {
            var handlers = HandlerThreads.ending(1, SHORT);
            var pool = new HandlerPool(1, 3, SHORT, handlers);
            Message[] messages = {Message.slow(), Message.slow(), Message.slow()};
            begin(pool, messages);
            messages[ends].end();
            handlers.awaitEnds();
          }
        });
    exploreOpen(
        story,
        "The pool has grown from 1 handler to 2, and the idle time is two hours. Message 1 ends;"
            + " message 2 hands off message 3, and ends. Then messages 4 and 5 come",
        "the 2 handlers get them all: neither has been idle for so long",
        run -> {
          var handlers = HandlerThreads.ending(0, LONG);
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.quick();
          begin(pool, first);
          pool.handOff(() -> {
            second.run();
            handOffInside(pool, third);
          });
          second.awaitBegin();
          end(first, second);
          third.awaitBegin();
          var fourth = Message.slow();
          var fifth = Message.slow();
          begin(pool, fourth, fifth);
          handlers.wereStarted(2);
          end(fourth, fifth);
        });
    endAfterTheIdleTime(story);
    aMessageKeepsOneHandlerOnly(story);
  }

  private static void endAfterTheIdleTime(Story story) {
    runOnce(
        story,
        "1 to 3 handlers, and the idle time is 2.5 seconds. 3 messages take 10 seconds each",
        "2.499 seconds later the 3 handlers are still there; after 5 seconds there is 1",
        run -> {
          var handlers = HandlerThreads.ending(2, Duration.ofMillis(2_500));
          var pool = new HandlerPool(1, 3, Duration.ofMillis(2_500), handlers);
          for (int n = 1; n <= 3; n++) {
            pool.handOff(Message.taking(Duration.ofSeconds(10)));
          }
          passes(Duration.ofSeconds(10));
          passes(Duration.ofMillis(2_499));
          handlers.areAlive(3, "after 2.499 seconds");
          passes(Duration.ofMillis(2_501));
          handlers.areAlive(1, "after 5 seconds");
        });
    runOnce(
        story,
        "1 to 3 handlers, and the idle time is 40 milliseconds. 3 messages take a second each",
        "80 milliseconds later there is 1 handler",
        run -> {
          var handlers = HandlerThreads.ending(2, Duration.ofMillis(40));
          var pool = new HandlerPool(1, 3, Duration.ofMillis(40), handlers);
          for (int n = 1; n <= 3; n++) {
            pool.handOff(Message.taking(Duration.ofSeconds(1)));
          }
          passes(Duration.ofSeconds(1));
          passes(Duration.ofMillis(80));
          handlers.areAlive(1, "after 80 milliseconds");
        });
  }

  private static void aMessageKeepsOneHandlerOnly(Story story) {
    runOnce(
        story,
        "The pool has grown from 1 handler to 4, and the idle time is a second. 3 of the messages"
            + " end; from then on a quick message comes every 0.9 seconds, 4 in all",
        "some handlers end: each message was for one of the 3 that were idle, not for all",
        run -> {
          var handlers = HandlerThreads.ending(1, Duration.ofSeconds(1));
          var pool = new HandlerPool(1, 4, Duration.ofSeconds(1), handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first, second, third, Message.slow());
          end(first, second, third);
          for (int n = 1; n <= 4; n++) {
            passes(Duration.ofMillis(900));
            begin(pool, Message.quick());
          }
          handlers.areFewerThan(4, "after 3.6 seconds");
        });
  }

  @Test
  @Rule(value = 8, points = 2)
  void the_minimum_of_handlers_stays(Story story) {
    story.explore(
        "The pool has grown from 1 handler to 2; then both are idle for longer than the idle time",
        "one of them ends, and the other one stays for the next message",
        // Each handler has come by for its message before it comes by to end.
        Interleavings.of(HandlerPool.class, HandlerThreads.class)
            .arrivals(4)
            .randomOrders(60)
            .threadsMayRemain(),
        run -> {
          var handlers = HandlerThreads.ending(1, SHORT);
          var pool = new HandlerPool(1, 2, SHORT, handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          end(first, second);
          handlers.awaitEnds();
          handlers.areAtLeast(1);
          begin(pool, Message.quick());
        });
    runOnce(
        story,
        "1 to 2 handlers, and the idle time is a second. Nothing comes for a minute; then one"
            + " message, and again nothing for a minute",
        "the 1 handler that was there from the start is still there",
        run -> {
          var handlers = HandlerThreads.ending(0, LONG);
          var pool = new HandlerPool(1, 2, Duration.ofSeconds(1), handlers);
          passes(Duration.ofMinutes(1));
          begin(pool, Message.quick());
          passes(Duration.ofMinutes(1));
          handlers.wereStarted(1);
        });
  }

  @Test
  @Rule(value = 9, points = 3)
  void a_message_that_comes_while_a_handler_ends_is_not_left_behind(Story story) {
    exploreOpen(
        story,
        "1 to 2 handlers. 1 is busy with message 1, the other one has handled message 2 and is"
            + " about to end, as nothing came; then message 3 comes",
        "message 3 is handled, and does not wait for the end of message 1",
        run -> {
          var pool = new HandlerPool(1, 2, SHORT, HandlerThreads.counted());
          var first = Message.slow();
          begin(pool, first);
          begin(pool, Message.quick());
          begin(pool, Message.quick());
          first.end();
        });
  }
}

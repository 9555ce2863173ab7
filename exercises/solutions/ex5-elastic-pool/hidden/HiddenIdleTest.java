package course.server;

import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.passes;
import static course.server.HandOffs.runOnce;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the pool shrinks, and when it stops. */
@ExerciseTests
class HiddenIdleTest {
  @Test
  @Rule(7)
  void idle_handlers_end_each_time(Story story) {
    runOnce(
        story,
        "1 to 3 handlers, and the idle time is 7 seconds. Three times 3 messages come at once, and"
            + " then nothing for a minute",
        "each time the pool grows to 3 handlers, which are still there 6.999 seconds after their"
            + " messages, and shrinks to 1",
        run -> {
          var handlers = HandlerThreads.ending(0, Duration.ofSeconds(7));
          var pool = new HandlerPool(1, 3, Duration.ofSeconds(7), handlers);
          for (int round = 1; round <= 3; round++) {
            var first = Message.slow();
            var second = Message.slow();
            var third = Message.slow();
            begin(pool, first, second, third);
            end(first, second, third);
            passes(Duration.ofMillis(6_999));
            handlers.areAlive(3, "after 6.999 seconds in round " + round);
            passes(Duration.ofMinutes(1));
            handlers.areAlive(1, "after a minute in round " + round);
          }
        });
  }

  @Test
  @Rule(7)
  void who_looks_up_just_before_its_time_is_over_ends_as_well(Story story) {
    runOnce(
        story,
        "The pool has grown from 1 handler to 2, and the idle time is a second. Both are idle;"
            + " 0.9995 seconds later a message comes, and takes an hour",
        "after another second the handler that did not get it has ended",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, Duration.ofSeconds(1), handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          end(first, second);
          passes(Duration.ofNanos(999_500_000));
          pool.handOff(Message.taking(Duration.ofHours(1)));
          passes(Duration.ofSeconds(1));
          handlers.areAlive(1, "after 2 seconds");
        });
  }

  @Test
  @Rule(7)
  void with_ten_idle_all_but_the_minimum_end(Story story) {
    runOnce(
        story,
        "1 to 10 handlers, and the idle time is 2 seconds. 10 messages take half a second each",
        "the 10 handlers are there until 2 seconds after that, and 1 is there after 4",
        run -> {
          var handlers = HandlerThreads.ending(0, Duration.ofSeconds(2));
          var pool = new HandlerPool(1, 10, Duration.ofSeconds(2), handlers);
          for (int n = 1; n <= 10; n++) {
            pool.handOff(Message.taking(Duration.ofMillis(500)));
          }
          passes(Duration.ofMillis(500));
          passes(Duration.ofMillis(1_999));
          handlers.areAlive(10, "after 1.999 seconds");
          passes(Duration.ofMillis(2_001));
          handlers.areAlive(1, "after 4 seconds");
        });
  }

  @Test
  @Rule(7)
  void with_the_time_not_in_whole_milliseconds_they_end_too(Story story) {
    runOnce(
        story,
        "The pool has grown from 1 handler to 2, and the idle time is 1.0005 seconds. Both are"
            + " idle",
        "after 2.001 seconds one of them has ended",
        run -> {
          var handlers = HandlerThreads.ending(1, Duration.ofSeconds(1)); // half a ms is no matter
          var pool = new HandlerPool(1, 2, Duration.ofNanos(1_000_500_000), handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          end(first, second);
          passes(Duration.ofNanos(2_001_000_000));
          handlers.areAlive(1, "after 2.001 seconds");
        });
  }

  @Test
  @Rule(8)
  void a_minimum_of_three_stays(Story story) {
    runOnce(
        story,
        "3 to 5 handlers, and the idle time is a second. 5 messages come at once, and then nothing"
            + " for a minute",
        "the pool shrinks to 3 handlers",
        run -> {
          var handlers = HandlerThreads.ending(0, Duration.ofSeconds(1));
          var pool = new HandlerPool(3, 5, Duration.ofSeconds(1), handlers);
          Message[] messages = Stream.generate(Message::slow).limit(5).toArray(Message[]::new);
          begin(pool, messages);
          end(messages);
          passes(Duration.ofMinutes(1));
          handlers.areAlive(3, "after a minute");
        });
  }
}

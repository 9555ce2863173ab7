package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.passes;
import static course.server.HandOffs.runOnce;
import static course.server.HandOffs.waitsFor;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenPoolTest {
  @Test
  @Rule(3)
  void however_many_messages_wait_all_are_handled(Story story) {
    runOnce(
        story,
        "2 handlers are the maximum, and both are busy; 20 connections hand off a message each;"
            + " then one of the handlers gets free",
        "the hand-offs wait until then; then all 20 messages are handled, one by one",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          var waiting = new Message[20];
          for (int n = 0; n < waiting.length; n++) {
            Message message = Message.quick();
            waiting[n] = message;
            run.thread("connection " + (n + 1), () -> waitsFor(first, pool, message));
          }
          passes(Duration.ofSeconds(1));
          first.end();
          for (Message message : waiting) {
            message.awaitBegin();
          }
          handlers.areAtMost(2);
          second.end();
        });
  }

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
            handlers.areAlive(3, "in round " + round + ", after 6.999 seconds,");
            passes(Duration.ofMinutes(1));
            handlers.areAlive(1, "in round " + round + ", after a minute,");
          }
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
          var messages = new Message[5];
          for (int n = 0; n < messages.length; n++) {
            messages[n] = Message.slow();
          }
          begin(pool, messages);
          end(messages);
          passes(Duration.ofMinutes(1));
          handlers.areAlive(3, "after a minute");
        });
  }
}

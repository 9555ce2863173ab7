package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.SHORT;
import static course.server.HandOffs.allAreBack;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.fails;
import static course.server.HandOffs.handsOff;
import static course.server.HandOffs.passes;
import static course.server.HandOffs.runOnce;
import static course.server.HandOffs.waitsFor;

import course.testkit.ExerciseTests;
import course.testkit.Failures;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenPoolTest {
  @Test
  @Rule(2)
  void the_pool_does_not_grow_because_the_idle_time_is_over(Story story) {
    exploreOpen(
        story,
        "1 to 2 handlers, and the idle time is a millisecond; as it is over, a message comes",
        "the handler that is there gets it: it is one of the minimum, and none is started",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, SHORT, handlers);
          passes(SHORT);
          begin(pool, Message.slow());
          handlers.wereStarted(1);
        });
  }

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
          List<Message> waiting = Stream.generate(Message::quick).limit(20).toList();
          for (Message message : waiting) {
            run.thread("connection", () -> waitsFor(first, pool, message));
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
  @Rule(3)
  void two_that_wait_get_two_handlers(Story story) {
    exploreOpen(
        story,
        "2 handlers are the maximum, and both are busy; 2 connections hand off messages 3 and 4."
            + " Then both handlers get free; 3 and 4 end when both have begun",
        "the hand-offs wait until then; 3 and 4 are handled at once",
        run -> {
          var pool = new HandlerPool(2, 2, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          var fourth = Message.slow();
          begin(pool, first, second);
          run.thread("connection 1", () -> pool.handOff(third));
          run.thread("connection 2", () -> pool.handOff(fourth));
          end(first, second);
          third.awaitBegin();
          fourth.awaitBegin();
          end(third, fourth);
        });
  }

  @Test
  @Rule(3)
  void who_waits_goes_on_one_by_one(Story story) {
    exploreOpen(
        story,
        "1 handler is the maximum, busy with message 1; 2 connections hand off messages 2 and 3."
            + " Then 1 ends",
        "one of the hand-offs goes on; the other one waits as before",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          var goneOn = new AtomicInteger();
          begin(pool, first);
          for (Message message : List.of(second, third)) {
            run.thread(
                "connection",
                () -> {
                  pool.handOff(message);
                  goneOn.incrementAndGet();
                });
          }
          first.end();
          allAreBack();
          if (goneOn.get() > 1) {
            throw new AssertionError("both hand-offs returned, and there is 1 handler for them");
          }
          end(second, third);
        });
  }

  @Test
  @Rule(3)
  void with_a_permit_that_a_message_left_all_goes_on(Story story) {
    runOnce(
        story,
        "1 to 2 handlers. Two messages leave a permit to their thread, as LockSupport.unpark does:"
            + " its next park returns at once. Then messages 3 and 4 come",
        "messages 3 and 4 are handled at once, by 2 handlers in all",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          for (int n = 1; n <= 2; n++) {
            pool.handOff(() -> LockSupport.unpark(Thread.currentThread()));
            allAreBack();
          }
          var third = Message.slow();
          var fourth = Message.slow();
          begin(pool, third, fourth);
          handlers.wereStarted(2);
          end(third, fourth);
        });
  }

  @Test
  @Rule(5)
  void an_interrupt_ends_one_wait_of_two_for_the_same_message(Story story) {
    runOnce(
        story,
        "1 handler is the maximum, busy with message 1. Two connections hand off one and the same"
            + " Runnable, and one of them is interrupted; then 1 ends",
        "it is handled once for each hand-off that threw nothing",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var same = Message.quick();
          begin(pool, first);
          Thread connection =
              run.thread(
                  "connection 1",
                  () -> {
                    if (handsOff(pool, same)) {
                      throw new AssertionError(
                          "connection 1 was interrupted, and its hand-off threw nothing");
                    }
                  });
          run.thread("connection 2", () -> waitsFor(first, pool, same));
          allAreBack(); // both wait
          connection.interrupt();
          connection.join();
          first.end();
          same.awaitBegin();
          run.join();
          allAreBack();
          same.wasHandled("the Runnable", 1);
        });
  }

  @Test
  @Rule(5)
  void who_waits_behind_another_hears_its_interrupt(Story story) {
    exploreOpen(
        story,
        "1 handler is the maximum, busy with message 1; the hand-offs of 2 and then 3 wait. The"
            + " connection of message 3 is interrupted",
        "the hand-off of message 3 throws an InterruptedException, though that of 2 waits on",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var interrupted = new AtomicBoolean();
          begin(pool, first);
          run.thread("connection 1", () -> handsOff(pool, Message.quick()));
          allAreBack(); // it waits
          Thread connection =
              run.thread("connection 2", () -> interrupted.set(!handsOff(pool, Message.quick())));
          allAreBack();
          connection.interrupt();
          allAreBack();
          if (!interrupted.get()) {
            throw new AssertionError("the hand-off of message 3 waits on");
          }
          first.end();
        });
  }

  @Test
  @Rule(5)
  void whoever_was_interrupted_is_not_counted_any_more(Story story) {
    runOnce(
        story,
        "1 to 2 handlers, and the idle time is a second. Both are busy; three connections wait, and"
            + " are interrupted. Then both handlers get free, and nothing comes for 2 seconds. Then"
            + " 2 messages come",
        "one of the handlers ends, and then a new one is started",
        run -> {
          var handlers = HandlerThreads.ending(0, Duration.ofSeconds(1));
          var pool = new HandlerPool(1, 2, Duration.ofSeconds(1), handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          for (int n = 1; n <= 3; n++) {
            Thread connection = run.thread("connection", () -> handsOff(pool, Message.quick()));
            allAreBack(); // it waits
            connection.interrupt();
            connection.join();
          }
          end(first, second);
          passes(Duration.ofSeconds(2));
          handlers.areAlive(1, "after 2 seconds");
          begin(pool, Message.slow(), Message.slow());
          handlers.wereStarted(3);
        });
  }

  @Test
  @Rule(6)
  void a_message_that_fails_by_any_class_of_exception_costs_no_handler(Story story) {
    runOnce(
        story,
        "1 to 2 handlers. Messages fail, each by an exception of another class. Then 1 and 2 are"
            + " handed off, and neither ends before both have begun; message 3 comes, and 1 ends",
        "1 and 2 are handled at once, by 2 handlers that go on; message 3 waits for the end of 1",
        run -> {
          var handlers = HandlerThreads.ending(0, LONG);
          var pool = new HandlerPool(1, 2, LONG, handlers);
          for (RuntimeException failure : Failures.unchecked()) {
            fails(pool, failure);
          }
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.quick();
          begin(pool, first, second);
          run.thread("connection", () -> waitsFor(first, pool, third));
          first.end();
          third.awaitBegin();
          handlers.wereStarted(2);
          second.end();
        });
  }
}

package course.server;

import course.interleave.Interleavings;
import course.interleave.Run;
import course.interleave.Scenario;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HandlerPoolTest {
  /** Longer than any test: no handler ends by itself. Neither zero in hours nor in milliseconds. */
  private static final Duration LONG = Duration.ofHours(1).plusMillis(1);

  /** So short that the interleaving tester sees it pass at each point of the hand-off. */
  private static final Duration SHORT = Duration.ofMillis(1);

  @Test
  @Rule(value = 1, points = 1)
  void the_pool_grows_while_all_handlers_are_busy(Story story) {
    explore(
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
          pool.close();
        });
  }

  @Test
  @Rule(value = 2, points = 2)
  void the_pool_does_not_grow_while_a_handler_is_idle(Story story) {
    explore(
        story,
        "2 to 3 handlers get 2 messages, right after the pool was made",
        "the 2 handlers that are there from the start get them; none is started",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(2, 3, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          handlers.wereStarted(2);
          end(first, second);
          pool.close();
        });
  }

  @Test
  @Rule(value = 3, points = 2)
  void at_the_most_a_message_waits_until_a_handler_is_free(Story story) {
    explore(
        story,
        "2 handlers at the most, busy with messages 1 and 2; 3 and 4 are handed off; then 1 ends",
        "these two hand-offs wait until message 1 has ended; then 3 and 4 are handled, one by one",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(2, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.quick();
          var fourth = Message.quick();
          begin(pool, first, second);
          run.thread("connection 1", () -> waitsFor(first, pool, third));
          run.thread("connection 2", () -> waitsFor(first, pool, fourth));
          first.end();
          third.begun.await();
          fourth.begun.await();
          handlers.areAtMost(2);
          second.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 4, points = 3)
  void two_hand_offs_at_the_same_time_do_not_start_one_too_many(Story story) {
    explore(
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
          second.begun.await();
          third.begun.await();
          handlers.areAtMost(2);
          first.end();
          pool.close();
        });
    explore(
        story,
        "1 to 2 handlers, 1 is busy with message 1; messages 2 and 3 come while it ends, and"
            + " neither ends before both have begun",
        "both are handled at once, and there are 2 handlers at the most",
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
          second.begun.await();
          third.begun.await();
          handlers.areAtMost(2);
          end(second, third);
          pool.close();
        });
  }

  @Test
  @Rule(value = 5, points = 1)
  void an_interrupt_ends_the_wait(Story story) {
    explore(
        story,
        "1 handler at the most, busy with message 1; the connection of message 2 is interrupted."
            + " Then message 1 ends, and message 3 comes",
        "the hand-off of message 2 throws an InterruptedException, and 2 is not handled; 3 is",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var second = Message.quick();
          var third = Message.quick();
          var interrupted = new AtomicBoolean();
          begin(pool, first);
          Run.Task handOff = () -> pool.handOff(second); // whether it declares the exception or not
          Thread connection =
              run.thread(
                  "connection",
                  () -> {
                    try {
                      handOff.run();
                    } catch (InterruptedException e) {
                      interrupted.set(true);
                    }
                  });
          connection.interrupt();
          run.join();
          if (!interrupted.get()) {
            throw new AssertionError("the hand-off of message 2 threw no InterruptedException");
          }
          first.end();
          begin(pool, third);
          pool.close();
          if (second.handled.get() > 0) {
            throw new AssertionError("message 2 was handled, though its hand-off had failed");
          }
        });
    explore(
        story,
        "1 to 2 handlers, 1 is idle. A connection that has been interrupted hands off message 1."
            + " If that throws an InterruptedException, message 2 comes",
        "message 2 is handled by the handler that is idle, and no other is started",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var second = Message.slow();
          Run.Task handOff = () -> pool.handOff(Message.quick());
          try {
            Thread.currentThread().interrupt();
            handOff.run();
            Thread.interrupted(); // it need not have waited
          } catch (InterruptedException e) {
            begin(pool, second);
            handlers.wereStarted(1);
            second.end();
          }
          pool.close();
        });
  }

  @Test
  @Rule(value = 6, points = 1)
  void a_message_that_fails_costs_no_handler(Story story) {
    explore(
        story,
        "1 to 2 handlers. Message 1 throws an exception; then 2 and 3 are handed off, and neither"
            + " ends before both have begun",
        "2 and 3 are handled at once, by the first handler and by one more",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var second = Message.slow();
          var third = Message.slow();
          pool.handOff(() -> {
            throw new IllegalArgumentException("message 1 can't be handled");
          });
          begin(pool, second, third);
          handlers.wereStarted(2);
          end(second, third);
          pool.close();
        });
  }

  @Test
  @Rule(value = 7, points = 2)
  void idle_handlers_end(Story story) {
    explore(
        story,
        "The pool has grown from 1 handler to 3; then all messages end, and nothing comes for"
            + " longer than the idle time",
        "2 of the 3 handlers end",
        run -> {
          var handlers = HandlerThreads.ofWhichEnd(2);
          var pool = new HandlerPool(1, 3, SHORT, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first, second, third);
          end(first, second, third);
          handlers.awaitEnds();
          pool.close();
        });
    explore(
        story,
        "The pool has grown from 1 handler to 2, and the idle time is an hour. Message 1 ends;"
            + " message 2 hands off message 3, and ends. Then messages 4 and 5 come",
        "the 2 handlers get them all: neither has been idle for an hour",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.quick();
          begin(pool, first);
          pool.handOff(() -> {
            second.run();
            handOff(pool, third);
          });
          second.begun.await();
          end(first, second);
          third.begun.await();
          var fourth = Message.slow();
          var fifth = Message.slow();
          begin(pool, fourth, fifth);
          handlers.wereStarted(2);
          end(fourth, fifth);
          pool.close();
        });
  }

  @Test
  @Rule(value = 8, points = 2)
  void the_least_handlers_stay(Story story) {
    explore(
        story,
        "The pool has grown from 1 handler to 2; then both are idle for longer than the idle time",
        "one of them ends, and the other one stays for the next message",
        // Each handler has come by for its message before it comes by to end.
        Interleavings.of(HandlerPool.class, HandlerThreads.class).arrivals(4),
        run -> {
          var handlers = HandlerThreads.ofWhichEnd(1);
          var pool = new HandlerPool(1, 2, SHORT, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.quick();
          begin(pool, first, second);
          end(first, second);
          handlers.awaitEnds();
          handlers.areAtLeast(1);
          begin(pool, third);
          pool.close();
        });
  }

  @Test
  @Rule(value = 9, points = 3)
  void a_message_that_comes_while_a_handler_ends_is_not_left_behind(Story story) {
    explore(
        story,
        "1 to 2 handlers. 1 is busy with message 1, the other one has handled message 2 and is"
            + " about to end, as nothing came; then message 3 comes",
        "message 3 is handled, and does not wait for the end of message 1",
        run -> {
          var pool = new HandlerPool(1, 2, SHORT, HandlerThreads.counted());
          var first = Message.slow();
          var second = Message.quick();
          var third = Message.quick();
          begin(pool, first);
          begin(pool, second);
          begin(pool, third);
          first.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 10, points = 2)
  void close_finishes_what_was_handed_off(Story story) {
    explore(
        story,
        "1 to 2 handlers are busy with messages 1 and 2; the pool is closed; then both end",
        "both are handled to their end before close returns, and all handlers have ended",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          pool.handOff(first);
          pool.handOff(second);
          run.thread(
              "closer",
              () -> {
                pool.close();
                first.wasHandled("message 1");
                second.wasHandled("message 2");
                handlers.haveEnded();
              });
          end(first, second);
          run.join();
        });
  }

  @Test
  @Rule(value = 11, points = 1)
  void close_ends_idle_handlers(Story story) {
    explore(
        story,
        "2 handlers wait for messages, and none ever comes; the pool is closed",
        "close returns, and no handler is left",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(2, 3, LONG, handlers);
          pool.close();
          handlers.haveEnded();
        });
  }

  /** Hands off messages, and waits until all of them are handled at once. */
  private static void begin(HandlerPool pool, Message... messages) throws InterruptedException {
    for (Message message : messages) {
      pool.handOff(message);
    }
    for (Message message : messages) {
      message.begun.await();
    }
  }

  /** As a message does that is being handled: that one throws no {@link InterruptedException}. */
  private static void handOff(HandlerPool pool, Message message) {
    Run.Task handOff = () -> pool.handOff(message); // whether it declares the exception or not
    try {
      handOff.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void end(Message... messages) {
    for (Message message : messages) {
      message.end();
    }
  }

  private static void waitsFor(Message busy, HandlerPool pool, Message next)
      throws InterruptedException {
    pool.handOff(next);
    if (busy.handled.get() == 0) {
      throw new AssertionError("the hand-off returned while all handlers were busy");
    }
  }

  private static void explore(Story story, String what, String expectation, Scenario scenario) {
    explore(story, what, expectation, Interleavings.of(HandlerPool.class), scenario);
  }

  private static void explore(
      Story story,
      String what,
      String expectation,
      Interleavings interleavings,
      Scenario scenario) {
    story.explore(what, expectation, interleavings.randomOrders(60), scenario);
  }
}

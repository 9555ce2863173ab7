package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HandlerPoolTest {
  @Test
  @Rule(value = 1, points = 1)
  void as_many_messages_as_there_are_handlers_are_handled_at_once(Story story) {
    explore(
        story,
        "2 handlers get 2 messages; neither ends before both have begun",
        "both are handled",
        run -> {
          var pool = new HandlerPool(2, 0);
          var first = Message.slow();
          var second = Message.slow();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(second));
          first.begun.await();
          second.begun.await();
          first.end();
          second.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 2, points = 2)
  void a_message_waits_in_the_queue_while_all_handlers_are_busy(Story story) {
    explore(
        story,
        "1 handler, a queue of 1. The handler is busy with message 1; message 2 is handed off",
        "the hand-off returns true and does not wait; message 2 is handled after message 1",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          var second = Message.quick();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted("message 2", pool.handOff(second));
          first.end();
          second.begun.await();
          pool.close();
        });
  }

  @Test
  @Rule(value = 3, points = 2)
  void a_message_is_not_refused_while_there_is_room_for_it(Story story) {
    explore(
        story,
        "1 handler, a queue of 1. Messages 1 and 2 are handed off, one right after the other",
        "both are accepted, also if the handler has not come round to take message 1 yet",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          var second = Message.quick();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(second));
          first.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 4, points = 2)
  void a_message_too_many_is_refused_at_once(Story story) {
    explore(
        story,
        "1 handler, a queue of 1. Message 1 is handled, message 2 waits; message 3 is handed off",
        "the hand-off of message 3 returns false and does not wait",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted("message 2", pool.handOff(Message.quick()));
          if (pool.handOff(Message.quick())) {
            throw new AssertionError("message 3 was accepted: 1 is handled, and 2 wait");
          }
          first.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 5, points = 2)
  void two_hand_offs_at_the_same_time_do_not_share_the_last_place(Story story) {
    explore(
        story,
        "1 handler, a queue of 1. Message 1 is handled; messages 2 and 3 come at the same time",
        "one of them is accepted, the other one refused",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          var accepted = new AtomicInteger();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          for (int n = 1; n <= 2; n++) {
            run.thread(
                "connection " + n, () -> accepted.addAndGet(pool.handOff(Message.quick()) ? 1 : 0));
          }
          run.join();
          if (accepted.get() != 1) {
            throw new AssertionError(accepted + " of the two were accepted, not 1");
          }
          first.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 6, points = 2)
  void two_messages_that_come_at_the_same_time_are_both_handled(Story story) {
    explore(
        story,
        "2 handlers, a queue of 2. Two connections hand off a message each, at the same time. When"
            + " both are done, 2 slow messages come, and 3 more",
        "the first two are handled; then the handlers have the slow ones, 2 more wait, and the last"
            + " one is refused",
        run -> {
          var pool = new HandlerPool(2, 2);
          var first = Message.quick();
          var second = Message.quick();
          run.thread("connection 1", () -> accepted("message 1", pool.handOff(first)));
          run.thread("connection 2", () -> accepted("message 2", pool.handOff(second)));
          first.begun.await();
          second.begun.await();
          var third = Message.slow();
          var fourth = Message.slow();
          accepted("message 3", pool.handOff(third));
          accepted("message 4", pool.handOff(fourth));
          third.begun.await();
          fourth.begun.await();
          accepted("message 5", pool.handOff(Message.quick()));
          accepted("message 6", pool.handOff(Message.quick()));
          if (pool.handOff(Message.quick())) {
            throw new AssertionError("message 7 was accepted: 2 are handled, and 2 wait");
          }
          third.end();
          fourth.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 7, points = 1)
  void a_message_that_fails_costs_no_handler(Story story) {
    explore(
        story,
        "1 handler, a queue of 1. Message 1 throws an exception. Then message 2 is handed off;"
            + " while it is handled, message 3",
        "message 2 is handled, and message 3 waits: the one that failed takes no room any more",
        run -> {
          var pool = new HandlerPool(1, 1);
          accepted(
              "message 1",
              pool.handOff(() -> {
                throw new IllegalArgumentException("message 1 can't be handled");
              }));
          var second = Message.slow();
          accepted("message 2", pool.handOff(second));
          second.begun.await();
          accepted("message 3", pool.handOff(Message.quick()));
          second.end();
          pool.close();
        });
  }

  @Test
  @Rule(value = 8, points = 2)
  void close_finishes_the_message_that_is_handled_and_those_that_wait(Story story) {
    explore(
        story,
        "1 handler, a queue of 2. Message 1 is handled, 2 and 3 wait; the pool is closed",
        "all three are handled to their end before close returns",
        run -> {
          var pool = new HandlerPool(1, 2);
          var first = Message.slow();
          var second = Message.quick();
          var third = Message.quick();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted("message 2", pool.handOff(second));
          accepted("message 3", pool.handOff(third));
          run.thread("closer", pool::close);
          first.end();
          run.join();
          first.wasHandled("message 1");
          second.wasHandled("message 2");
          third.wasHandled("message 3");
        });
  }

  @Test
  @Rule(value = 9, points = 1)
  void after_close_each_message_is_refused(Story story) {
    explore(
        story,
        "1 handler, a queue of 1. The pool is closed; then a message is handed off",
        "the hand-off returns false and does not wait",
        run -> {
          var pool = new HandlerPool(1, 1);
          pool.close();
          if (pool.handOff(Message.quick())) {
            throw new AssertionError("the message was accepted, and nobody will handle it");
          }
        });
  }

  @Test
  @Rule(value = 10, points = 3)
  void a_message_that_comes_while_the_pool_closes_is_refused_or_handled(Story story) {
    explore(
        story,
        "1 handler, a queue of 1. A message is handed off while the pool closes",
        "the hand-off returns false, or the message is handled before close returns",
        run -> {
          var pool = new HandlerPool(1, 1);
          var message = Message.quick();
          var accepted = new AtomicInteger();
          run.thread("connection", () -> accepted.set(pool.handOff(message) ? 1 : 0));
          run.thread("closer", pool::close);
          run.join();
          if (message.handled.get() != accepted.get()) {
            throw new AssertionError(
                "accepted %s times, but handled %s times".formatted(accepted, message.handled));
          }
        });
  }

  @Test
  @Rule(value = 11, points = 1)
  void close_ends_all_handlers(Story story) {
    explore(
        story,
        "2 handlers wait for messages, and none ever comes; the pool is closed",
        "close returns, and no handler is left",
        run -> new HandlerPool(2, 1).close());
  }

  private static void explore(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what, expectation, Interleavings.of(HandlerPool.class).randomOrders(100), scenario);
  }

  private static void accepted(String message, boolean accepted) {
    if (!accepted) {
      throw new AssertionError(message + " was refused");
    }
  }
}

package course.server;

import static course.server.HandOffs.accepted;
import static course.server.HandOffs.closeOnce;
import static course.server.HandOffs.exploreClose;
import static course.server.HandOffs.fails;
import static course.server.HandOffs.othersWait;
import static course.server.HandOffs.refused;
import static course.server.HandOffs.refusedAtOnce;
import static course.server.HandOffs.runOnce;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What must hold while the pool closes, and after. */
@ExerciseTests
class ClosingTest {
  @Test
  @Rule(value = 8, points = 2)
  void close_finishes_the_message_that_is_handled_and_those_that_wait(Story story) {
    exploreClose(
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
          run.thread(
              "closer",
              () -> {
                pool.close();
                first.wasHandled("message 1", 1);
                second.wasHandled("message 2", 1);
                third.wasHandled("message 3", 1);
              });
          first.end();
        });
    exploreClose(
        story,
        "2 handlers, a queue of 1. Messages 1 and 2 are handled; the pool is closed. Then message 1"
            + " ends; message 3 is handed off, and refused or accepted; and message 2 ends",
        "1 and 2 are handled to their end before close returns",
        run -> {
          var pool = new HandlerPool(2, 1);
          var first = Message.slow();
          var second = Message.slow();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(second));
          first.begun.await();
          second.begun.await();
          run.thread(
              "closer",
              () -> {
                pool.close();
                first.wasHandled("message 1", 1);
                second.wasHandled("message 2", 1);
              });
          first.end();
          pool.handOff(Message.quick()); // here the others may go on: only message 1 has ended
          second.end();
        });
    exploreClose(
        story,
        "2 handlers, a queue of 1. Message 1 is slow, and message 2 throws an exception; message 3"
            + " waits, or is handled. The pool is closed",
        "all are handled, and close returns",
        run -> {
          var pool = new HandlerPool(2, 1);
          var first = Message.slow();
          var third = Message.quick();
          accepted("message 1", pool.handOff(first));
          fails(pool, "message 2", new IllegalArgumentException("message 2 can't be handled"));
          accepted("message 3", pool.handOff(third));
          first.end();
          pool.close();
          first.wasHandled("message 1", 1);
          third.wasHandled("message 3", 1);
        });
  }

  @Test
  @Rule(8)
  void when_it_is_closed_another_close_does_nothing(Story story) {
    closeOnce(
        story,
        "2 handlers, a queue of 1. A message is handled, and the pool is closed, ten times. Then a"
            + " connection hands off one more",
        "the message is handled to its end before the first close returns, the others return too,"
            + " and one more message is refused",
        run -> {
          var pool = new HandlerPool(2, 1);
          var message = Message.quick();
          accepted("the message", pool.handOff(message));
          for (int n = 1; n <= 10; n++) {
            pool.close();
            message.wasHandled("the message", 1);
          }
          run.thread("connection", () -> refused("one more", pool, "the pool is closed"));
        });
  }

  @Test
  @Rule(value = 9, points = 1)
  void after_close_each_message_is_refused(Story story) {
    exploreClose(
        story,
        "1 handler, a queue of 1. A message is handled, and the pool is closed; then two messages"
            + " are handed off",
        "the hand-offs return false and do not wait",
        run -> {
          var pool = new HandlerPool(1, 1);
          accepted("message 1", pool.handOff(Message.quick()));
          pool.close();
          refused("message 2", pool, "the pool is closed, so nobody will handle it");
          refused("message 3", pool, "the pool is closed, so nobody will handle it");
        });
    exploreClose(
        story,
        "3 handlers, no queue. Nothing comes, or one message, before the pool is closed; then"
            + " three messages are handed off",
        "the hand-offs return false",
        run -> {
          for (int before = 0; before <= 1; before++) {
            var pool = new HandlerPool(3, 0);
            if (before == 1) {
              accepted("message 1", pool.handOff(Message.quick()));
            }
            pool.close();
            for (int n = 2; n <= 4; n++) {
              refused("message " + n, pool, "the pool is closed, so nobody will handle it");
            }
          }
        });
    runOnce(
        story,
        "1 handler, a queue of 1. A message is handled, and the pool is closed; then three"
            + " messages are handed off",
        "the hand-offs return false, and no time passes in them",
        run -> {
          var pool = new HandlerPool(1, 1);
          accepted("message 1", pool.handOff(Message.quick()));
          pool.close();
          for (int n = 2; n <= 4; n++) {
            refusedAtOnce("message " + n, pool, Message.quick());
          }
        });
  }

  @Test
  @Rule(value = 10, points = 3)
  void a_message_that_comes_while_the_pool_closes_is_refused_or_handled(Story story) {
    exploreClose(
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
          message.wasHandledIf(accepted);
        });
  }

  @Test
  @Rule(value = 11, points = 1)
  void close_ends_all_handlers(Story story) {
    exploreClose(
        story,
        "2 handlers wait for messages, and none ever comes; the pool is closed",
        "close returns, and no handler is left",
        run -> new HandlerPool(2, 1).close());
    exploreClose(
        story,
        "3 handlers: one is at work, one has done its work, and one has had none; the pool is"
            + " closed",
        "close returns when the work is done, and no handler is left",
        run -> {
          var pool = new HandlerPool(3, 1);
          var first = Message.slow();
          var second = Message.quick();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(second));
          first.begun.await();
          second.begun.await();
          run.thread("closer", pool::close);
          first.end();
        });
    exploreClose(
        story,
        "3 handlers, a queue of 2. 5 messages are handed off, and the pool is closed at once",
        "all are handled, close returns, and no handler is left",
        run -> {
          var pool = new HandlerPool(3, 2);
          var message = Message.quick();
          for (int n = 1; n <= 5; n++) {
            accepted("message " + n, pool.handOff(message));
          }
          pool.close();
          message.wasHandled("a message", 5);
        });
  }

  @Test
  @Rule(11)
  void the_threads_have_ended_when_close_returns(Story story) {
    closeOnce(
        story,
        "2 handlers, a queue of 1. Both have had a message, and are idle again; the pool is closed,"
            + " and then closed once more",
        "when close returns, the threads that handled the messages have ended",
        run -> {
          var pool = new HandlerPool(2, 1);
          var first = Message.slow();
          var second = Message.slow();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(second));
          first.begun.await();
          second.begun.await();
          first.end();
          second.end();
          othersWait();
          pool.close();
          first.handlerHasEnded("message 1");
          second.handlerHasEnded("message 2");
          pool.close();
        });
  }

  @Test
  @Rule(11)
  void two_pools_know_nothing_of_each_other(Story story) {
    closeOnce(
        story,
        "2 pools of 1 handler. In the first, message 1 is handled and 2 waits. The second handles"
            + " message 3, and is closed; then 4 is handed off to the first, and message 1 ends",
        "the second pool's close does not wait for messages of the first, nor handle any; the first"
            + " handles 2 and 4",
        run -> {
          var one = new HandlerPool(1, 2);
          var two = new HandlerPool(1, 1);
          var first = Message.slow();
          var waits = Message.quick(); // 2, and also 4
          var third = Message.quick();
          accepted("message 1", one.handOff(first));
          first.begun.await();
          accepted("message 2", one.handOff(waits));
          accepted("message 3", two.handOff(third));
          two.close();
          third.wasHandled("message 3", 1);
          waits.wasHandled("before message 1 has ended, message 2", 0);
          accepted("message 4", one.handOff(waits));
          first.end();
          one.close();
          waits.wasHandled("messages 2 and 4", 2);
        });
  }
}

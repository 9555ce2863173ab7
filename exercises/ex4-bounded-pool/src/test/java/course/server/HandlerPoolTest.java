package course.server;

import static course.server.HandOffs.accepted;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.handOffAtOnce;
import static course.server.HandOffs.runOnce;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What must hold while there is room. */
@ExerciseTests
class HandlerPoolTest {
  /** More than any machine has cores. */
  private static final int MANY = 100;

  @Test
  @Rule(value = 1, points = 1)
  void as_many_messages_as_there_are_handlers_are_handled_at_once(Story story) {
    exploreOpen(
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
        });
    var begun = new CountDownLatch(MANY);
    try {
      story.explore(
          MANY + " handlers get " + MANY + " messages; none ends before all have begun",
          "all are handled",
          Interleavings.of(HandlerPool.class)
              .threadsMayRemain()
              .replay(""), // one order of steps is enough
          run -> {
            var pool = new HandlerPool(MANY, 0);
            for (int n = 1; n <= MANY; n++) {
              accepted("message " + n, pool.handOff(() -> begins(begun)));
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

  @Test
  @Rule(1)
  void a_handler_that_is_busy_for_long_holds_up_nobody_else(Story story) {
    runOnce(
        story,
        "3 handlers, a queue of 1. Message 1 is handled for a long time; 6 more come, each when the"
            + " one before is handled",
        "all of them are handled, while message 1 still is",
        run -> {
          var pool = new HandlerPool(3, 1);
          var first = Message.slow();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          for (int n = 2; n <= 7; n++) {
            var message = Message.quick();
            accepted("message " + n, pool.handOff(message));
            message.awaitHandled(1);
          }
          first.end();
        });
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
  @Rule(value = 2, points = 2)
  void a_message_waits_in_the_queue_while_all_handlers_are_busy(Story story) {
    exploreOpen(
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
        });
    runOnce(
        story,
        "1 handler, a queue of 2. The handler is busy with message 1; messages 2 and 3 are handed"
            + " off",
        "no time passes in any of the hand-offs",
        run -> {
          var pool = new HandlerPool(1, 2);
          var first = Message.slow();
          accepted("message 1", handOffAtOnce("message 1", pool, first));
          first.begun.await();
          accepted("message 2", handOffAtOnce("message 2", pool, Message.quick()));
          accepted("message 3", handOffAtOnce("message 3", pool, Message.quick()));
          first.end();
        });
  }

  @Test
  @Rule(2)
  void it_waits_no_longer_than_until_a_handler_is_idle(Story story) {
    runOnce(
        story,
        "2 handlers, a queue of 2. Messages 1 and 2 are handled, 3 and 4 wait. Then message 1 ends;"
            + " with another pool, message 2",
        "3 and 4 are handled, while the one of 1 and 2 that has not ended still is",
        run -> {
          for (int ends = 0; ends <= 1; ends++) {
            var pool = new HandlerPool(2, 2);
            var slow = List.of(Message.slow(), Message.slow());
            var third = Message.quick();
            var fourth = Message.quick();
            accepted("message 1", pool.handOff(slow.get(0)));
            accepted("message 2", pool.handOff(slow.get(1)));
            accepted("message 3", pool.handOff(third));
            accepted("message 4", pool.handOff(fourth));
            slow.get(ends).end();
            third.awaitHandled(1);
            fourth.awaitHandled(1);
            slow.get(1 - ends).end();
          }
        });
    runOnce(
        story,
        "2 handlers, a queue of 6. Messages 1 and 2 are handled, and 6 more wait. Message 1 ends;"
            + " then the next one is handled for a long time. Message 2 ends",
        "the other 5 are handled, while that one still is",
        run -> {
          var pool = new HandlerPool(2, 6);
          var first = Message.slow();
          var second = Message.slow();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(second));
          var isLong = new AtomicBoolean(true);
          var next = Message.slow();
          var others = new CountDownLatch(5);
          for (int n = 3; n <= 8; n++) {
            Runnable message =
                () -> {
                  if (isLong.getAndSet(false)) {
                    next.run();
                  } else {
                    others.countDown();
                  }
                };
            accepted("message " + n, pool.handOff(message));
          }
          first.end();
          next.begun.await();
          second.end();
          others.await();
          next.end();
        });
  }

  @Test
  @Rule(value = 3, points = 2)
  void a_message_is_not_refused_while_there_is_room_for_it(Story story) {
    exploreOpen(
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
        });
    exploreOpen(
        story,
        "2 handlers, a queue of 3. 5 messages are handed off, one right after the other; two of"
            + " them are one and the same Runnable",
        "all are accepted and handled, those two as well",
        run -> {
          var pool = new HandlerPool(2, 3);
          var slow = Message.slow();
          var twice = Message.quick();
          var last = Message.quick();
          accepted("message 1", pool.handOff(slow));
          accepted("message 2", pool.handOff(slow));
          accepted("message 3", pool.handOff(twice));
          accepted("message 4", pool.handOff(twice));
          accepted("message 5", pool.handOff(last));
          slow.end();
          slow.awaitHandled(2);
          twice.awaitHandled(2);
          last.awaitHandled(1);
        });
    runOnce(
        story,
        "1 handler, a queue of 1. A thread that is interrupted hands off messages 1 and 2",
        "both are accepted: there is room, and the hand-offs do not wait",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          Thread.currentThread().interrupt();
          boolean one = pool.handOff(first);
          Thread.currentThread().interrupt();
          boolean other = pool.handOff(Message.quick());
          Thread.interrupted();
          first.end();
          accepted("message 1", one);
          accepted("message 2", other);
        });
  }

  @Test
  @Rule(value = 6, points = 2)
  void two_messages_that_come_at_the_same_time_are_both_handled(Story story) {
    exploreOpen(
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
        });
  }
}

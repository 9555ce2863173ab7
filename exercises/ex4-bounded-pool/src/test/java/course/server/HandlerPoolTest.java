package course.server;

import static course.server.HandOffs.accepted;
import static course.server.HandOffs.fails;
import static course.server.HandOffs.refused;

import course.interleave.Interleavings;
import course.interleave.Run;
import course.interleave.Scenario;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

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
  }

  @Test
  @Rule(value = 4, points = 2)
  void a_message_too_many_is_refused_at_once(Story story) {
    exploreOpen(
        story,
        "1 handler, a queue of 1. Message 1 is handled, message 2 waits; messages 3 and 4 are"
            + " handed off. When message 2 is handled, messages 5 and 6 are",
        "3 and 4 are refused, and not handled; 5 is accepted, and 6 refused",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          var second = Message.slow();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted("message 2", pool.handOff(second));
          refused("message 3", pool, "1 is handled, and 2 waits");
          refused("message 4", pool, "1 is handled, and 2 waits");
          first.end();
          second.begun.await();
          accepted("message 5", pool.handOff(Message.quick()));
          refused("message 6", pool, "2 is handled, and 5 waits");
          second.end();
        });
    exploreOpen(
        story,
        "2 handlers, no queue. Messages 1 and 2 are handled; message 3 is handed off",
        "the hand-off returns false and does not wait",
        run -> {
          var pool = new HandlerPool(2, 0);
          var first = Message.slow();
          var second = Message.slow();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(second));
          first.begun.await();
          second.begun.await();
          refused("message 3", pool, "2 are handled, and there is no queue");
        });
  }

  @Test
  @Rule(value = 5, points = 2)
  void two_hand_offs_at_the_same_time_do_not_share_the_last_place(Story story) {
    exploreOpen(
        story,
        "1 handler, a queue of 1. Message 1 is handled; messages 2 and 3 come at the same time",
        "one of them is accepted, the other one refused",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          oneOfTwo(run, pool);
        });
    exploreOpen(
        story,
        "1 handler, no queue. Messages 1 and 2 come at the same time",
        "one of them is accepted, the other one refused",
        run -> {
          var pool = new HandlerPool(1, 0);
          oneOfTwo(run, pool);
        });
  }

  /** Hands off two slow messages at the same time, as one object; one has to be refused. */
  private static void oneOfTwo(Run run, HandlerPool pool) throws InterruptedException {
    var message = Message.slow();
    var accepted = new AtomicInteger();
    for (int n = 1; n <= 2; n++) {
      run.thread("connection " + n, () -> accepted.addAndGet(pool.handOff(message) ? 1 : 0));
    }
    run.join();
    if (accepted.get() != 1) {
      throw new AssertionError(accepted + " of the two were accepted, not 1");
    }
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

  @Test
  @Rule(value = 7, points = 1)
  void a_message_that_fails_costs_no_handler(Story story) {
    exploreOpen(
        story,
        "1 handler, a queue of 1. Messages 1 and 2 throw exceptions. Then message 3 is handed off;"
            + " while it is handled, messages 4 and 5",
        "message 3 is handled, 4 waits, and 5 is refused: those that failed take no room any more,"
            + " and make none",
        run -> {
          var pool = new HandlerPool(1, 1);
          fails(pool, "message 1", new IllegalArgumentException("message 1 can't be handled"));
          fails(pool, "message 2", new IllegalStateException("message 2 can't be handled"));
          var third = Message.slow();
          accepted("message 3", pool.handOff(third));
          third.begun.await();
          accepted("message 4", pool.handOff(Message.quick()));
          refused("message 5", pool, "3 is handled, and 4 waits");
          third.end();
        });
  }

  /** Explores what has nothing to do with closing: so a fault of close breaks no other rule. */
  private static void exploreOpen(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what,
        expectation,
        Interleavings.of(HandlerPool.class).randomOrders(40).threadsMayRemain(),
        scenario);
  }
}

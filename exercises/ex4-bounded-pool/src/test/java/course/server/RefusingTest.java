package course.server;

import static course.server.HandOffs.accepted;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.refused;
import static course.server.HandOffs.refusedAtOnce;
import static course.server.HandOffs.runOnce;

import course.interleave.Run;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What must hold when there is no room left. */
@ExerciseTests
class RefusingTest {
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
    exploreOpen(
        story,
        "1 handler, no queue. While message 1 ends, message 2 is handed off; then the pool is"
            + " closed",
        "message 2 is accepted and handled, or refused and not handled",
        run -> {
          var pool = new HandlerPool(1, 0);
          var first = Message.slow();
          var second = Message.quick();
          var accepted = new AtomicInteger();
          accepted("message 1", pool.handOff(first));
          run.thread("connection", () -> accepted.set(pool.handOff(second) ? 1 : 0));
          first.end();
          run.join();
          pool.close();
          second.wasHandledIf(accepted);
        });
    runOnce(
        story,
        "1 handler, and no queue; with another pool, a queue of 1. The pool is full, and two more"
            + " messages are handed off, which are the same Runnable as the others",
        "both are refused, and no time passes in their hand-offs",
        run -> {
          for (int queue = 0; queue <= 1; queue++) {
            var pool = new HandlerPool(1, queue);
            var message = Message.slow();
            accepted("message 1", pool.handOff(message));
            message.begun.await();
            if (queue == 1) {
              accepted("message 2", pool.handOff(message));
            }
            for (String which : List.of("the first one too many", "the second one too many")) {
              refusedAtOnce(which, pool, message);
            }
            message.end();
          }
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
}

package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.allAreBack;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.fails;
import static course.server.HandOffs.handsOff;
import static course.server.HandOffs.waitsFor;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an interrupt and a message that fails leave behind: nothing. */
@ExerciseTests
class FailingTest {
  @Test
  @Rule(value = 5, points = 1)
  void an_interrupt_ends_the_wait(Story story) {
    exploreOpen(
        story,
        "1 handler is the maximum, busy with message 1; the connection of message 2 is interrupted."
            + " Then message 3 comes, and message 1 ends",
        "the hand-off of message 2 throws an InterruptedException, and 2 is not handled; that of 3"
            + " waits for the end of message 1",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var second = Message.quick();
          var third = Message.quick();
          var interrupted = new AtomicBoolean();
          begin(pool, first);
          Thread connection =
              run.thread("connection 1", () -> interrupted.set(!handsOff(pool, second)));
          connection.interrupt();
          run.join();
          if (!interrupted.get()) {
            throw new AssertionError("the hand-off of message 2 threw no InterruptedException");
          }
          run.thread("connection 2", () -> waitsFor(first, pool, third));
          first.end();
          third.awaitBegin();
          if (second.isHandled()) {
            throw new AssertionError("message 2 was handled, though its hand-off had failed");
          }
        });
    exploreOpen(
        story,
        "1 handler is the maximum, busy with message 1. Message 1 ends, and the connection of"
            + " message 2, which waits, is interrupted. Then message 3 comes",
        "message 2 is handled if its hand-off threw nothing, else not; message 3 is handled in any"
            + " case",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var second = Message.quick();
          var interrupted = new AtomicBoolean();
          begin(pool, first);
          Thread connection =
              run.thread("connection", () -> interrupted.set(!handsOff(pool, second)));
          first.end();
          connection.interrupt();
          run.join();
          if (!interrupted.get()) {
            second.awaitBegin();
          }
          begin(pool, Message.quick());
          if (interrupted.get() && second.isHandled()) {
            throw new AssertionError("message 2 was handled, though its hand-off had failed");
          }
        });
    exploreOpen(
        story,
        "1 handler is the maximum, and is idle. The connection of message 1 is interrupted while it"
            + " hands off. Then message 2 comes",
        "message 1 is handled if its hand-off threw nothing, else not; message 2 is handled in any"
            + " case, and no other handler is started",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 1, LONG, handlers);
          var first = Message.quick();
          var second = Message.quick();
          var interrupted = new AtomicBoolean();
          Thread connection =
              run.thread("connection", () -> interrupted.set(!handsOff(pool, first)));
          connection.interrupt();
          run.join();
          if (!interrupted.get()) {
            first.awaitBegin();
          }
          begin(pool, second);
          if (interrupted.get() && first.isHandled()) {
            throw new AssertionError("message 1 was handled, though its hand-off had failed");
          }
          handlers.wereStarted(1);
        });
    exploreOpen(
        story,
        "1 to 2 handlers, 1 is idle. A connection that has been interrupted hands off message 1."
            + " If that throws an InterruptedException, message 2 comes",
        "message 2 is handled by the handler that is idle, and no other is started",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var second = Message.slow();
          Thread.currentThread().interrupt();
          if (handsOff(pool, Message.quick())) {
            Thread.interrupted(); // it need not have waited
          } else {
            begin(pool, second);
            handlers.wereStarted(1);
            second.end();
          }
        });
  }

  @Test
  @Rule(5)
  void an_interrupt_holds_up_no_other_hand_off(Story story) {
    exploreOpen(
        story,
        "1 handler is the maximum, busy with message 1; the hand-offs of 2 and 3 wait. Message 1"
            + " ends, and the connection of message 2 is interrupted",
        "message 3 is handled, whether 2 is or not",
        run -> {
          var pool = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var first = Message.slow();
          var third = Message.quick();
          begin(pool, first);
          Thread connection = run.thread("connection 1", () -> handsOff(pool, Message.quick()));
          run.thread("connection 2", () -> pool.handOff(third));
          allAreBack(); // both wait
          run.thread("end of message 1", first::end);
          run.thread("interrupt", connection::interrupt);
          third.awaitBegin();
        });
  }

  @Test
  @Rule(value = 6, points = 1)
  void a_message_that_fails_costs_no_handler(Story story) {
    exploreOpen(
        story,
        "1 to 2 handlers. Messages 1 and 2 throw exceptions; then 3 and 4 are handed off, and"
            + " neither ends before both have begun. Message 5 comes, and 3 ends",
        "3 and 4 are handled at once, by 2 handlers that go on; message 5 waits for the end of 3",
        run -> {
          var handlers = HandlerThreads.ending(0, LONG);
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var third = Message.slow();
          var fourth = Message.slow();
          var fifth = Message.quick();
          fails(pool, new IllegalArgumentException("message 1 can't be handled"));
          fails(pool, new IllegalStateException("message 2 can't be handled"));
          begin(pool, third, fourth);
          run.thread("connection", () -> waitsFor(third, pool, fifth));
          third.end();
          fifth.awaitBegin();
          handlers.wereStarted(2);
          fourth.end();
        });
  }
}

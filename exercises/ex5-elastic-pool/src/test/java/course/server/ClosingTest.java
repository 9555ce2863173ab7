package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.SHORT;
import static course.server.HandOffs.allAreBack;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.exploreClose;
import static course.server.HandOffs.fails;
import static course.server.HandOffs.runOnce;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What must hold when the pool closes. */
@ExerciseTests
class ClosingTest {
  @Test
  @Rule(value = 10, points = 2)
  void close_finishes_what_was_handed_off(Story story) {
    exploreClose(
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
        });
    exploreClose(
        story,
        "1 to 2 handlers. Message 1 takes 10 minutes, and message 2 throws an exception; the pool"
            + " is closed meanwhile",
        "message 1 is handled to its end before close returns, and all handlers have ended",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.taking(Duration.ofMinutes(10));
          pool.handOff(first);
          fails(pool, new IllegalArgumentException("message 2 can't be handled"));
          pool.close();
          first.wasHandled("message 1");
          handlers.haveEnded();
        });
  }

  @Test
  @Rule(10)
  void each_call_of_close_waits_for_the_end_also_one_that_is_interrupted(Story story) {
    exploreClose(
        story,
        "2 handlers are busy with messages 1 and 2. Two threads close the pool, and one of them is"
            + " interrupted twice; then message 1 ends, and then 2. Then the pool is closed again",
        "each call of close returns when both messages and all handlers have ended; who was"
            + " interrupted, still is then, and nobody else",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, 2, LONG, handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          Thread closer =
              run.thread(
                  "closer 1",
                  () -> {
                    pool.close();
                    first.wasHandled("message 1");
                    second.wasHandled("message 2");
                    handlers.haveEnded();
                    if (!Thread.currentThread().isInterrupted()) {
                      throw new AssertionError(
                          "close returned, and its thread, which was interrupted, is not so any"
                              + " more");
                    }
                  });
          run.thread(
              "closer 2",
              () -> {
                pool.close();
                first.wasHandled("message 1");
                second.wasHandled("message 2");
                handlers.haveEnded();
                if (Thread.currentThread().isInterrupted()) {
                  throw new AssertionError(
                      "close returned, and its thread is interrupted, which it was not before");
                }
              });
          closer.interrupt();
          allAreBack();
          closer.interrupt();
          first.end();
          allAreBack();
          second.end();
          run.join();
          pool.close();
        });
  }

  @Test
  @Rule(value = 11, points = 1)
  void close_ends_idle_handlers(Story story) {
    exploreClose(
        story,
        "2 handlers wait for messages, and none ever comes; the pool is closed",
        "close returns, and no handler is left",
        run -> {
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(2, 3, LONG, handlers);
          pool.close();
          handlers.haveEnded();
        });
    exploreClose(
        story,
        "The pool has grown from 1 handler to 2; then both messages end. The pool is closed while"
            + " one of the handlers ends, as it has been idle for longer than the idle time",
        "close returns when both handlers have ended",
        run -> {
          var handlers = HandlerThreads.endingOnce();
          var pool = new HandlerPool(1, 2, SHORT, handlers);
          var first = Message.slow();
          var second = Message.slow();
          begin(pool, first, second);
          end(first, second);
          handlers.awaitEnds();
          pool.close();
          handlers.haveEnded();
        });
    closesWhileTwoEnd(true, story);
    closesWhileTwoEnd(false, story);
  }

  private static void closesWhileTwoEnd(boolean firstOneEnds, Story story) {
    runOnce(
        story,
        "The pool has grown from 1 handler to 3; then all messages end, and two handlers leave the"
            + " pool, as they have been idle for too long. The thread of the "
            + (firstOneEnds ? "first" : "second")
            + " of them ends, and the pool is closed before the other one does",
        "close returns when all three have ended",
        run -> {
          var handlers = HandlerThreads.endingLate(2);
          var pool = new HandlerPool(1, 3, SHORT, handlers);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          begin(pool, first, second, third);
          end(first, second, third);
          handlers.awaitEnds();
          handlers.endOne(firstOneEnds);
          allAreBack();
          run.thread(
              "closer",
              () -> {
                pool.close();
                handlers.haveEnded();
              });
          allAreBack();
          handlers.endAll();
          run.join();
        });
  }

  @Test
  @Rule(11)
  void two_pools_know_nothing_of_each_other(Story story) {
    exploreClose(
        story,
        "2 pools of 1 handler. The first handles message 1. The second handles message 2, and is"
            + " closed; then message 1 ends, and message 3 comes for the first",
        "the second pool has the one handler that it began with, and its close does not wait for"
            + " the first pool's; message 3 gets the handler of message 1",
        run -> {
          var ofOne = HandlerThreads.counted();
          var ofTwo = HandlerThreads.counted();
          var one = new HandlerPool(1, 2, LONG, ofOne);
          var two = new HandlerPool(1, 2, LONG, ofTwo);
          var first = Message.slow();
          one.handOff(first);
          two.handOff(Message.quick());
          two.close();
          ofTwo.wereStarted(1);
          ofTwo.haveEnded();
          end(first);
          allAreBack();
          one.handOff(Message.quick());
          one.close();
          ofOne.wereStarted(1);
          ofOne.haveEnded();
        });
  }
}

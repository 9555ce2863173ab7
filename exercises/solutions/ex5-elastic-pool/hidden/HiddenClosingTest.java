package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.allAreBack;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.exploreClose;
import static course.server.HandOffs.passes;
import static course.server.HandOffs.runOnce;

import course.interleave.Run;
import course.testkit.ExerciseTests;
import course.testkit.Failures;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What close waits for. */
@ExerciseTests
class HiddenClosingTest {
  @Test
  @Rule(10)
  void close_waits_whatever_the_messages_do(Story story) {
    runOnce(
        story,
        "Many handlers are busy: two of them with one and the same Runnable, which takes 50"
            + " minutes; each other message fails by an exception of another class when the pool"
            + " closes",
        "the Runnable is handled twice to its end before close returns, and all handlers have"
            + " ended",
        run -> {
          var failures = Failures.unchecked();
          var handlers = HandlerThreads.counted();
          var pool = new HandlerPool(1, failures.size() + 2, LONG, handlers);
          var same = Message.taking(Duration.ofMinutes(50));
          pool.handOff(same);
          passes(Duration.ofMinutes(1));
          pool.handOff(same);
          var closing = new CountDownLatch(1);
          for (RuntimeException failure : failures) {
            pool.handOff(() -> {
              await(closing);
              throw failure;
            });
          }
          run.thread(
              "closer",
              () -> {
                pool.close();
                same.wasHandled("the Runnable", 2);
                handlers.haveEnded();
              });
          passes(Duration.ofSeconds(1));
          closing.countDown();
        });
  }

  @Test
  @Rule(10)
  void when_it_has_grown_again_close_waits_for_all(Story story) {
    for (int leaves = 1; leaves <= 3; leaves++) {
      for (int last = 1; last <= 4; last++) {
        if (last != leaves) {
          closesWhenItHasGrownAgain(leaves, last, story);
        }
      }
    }
  }

  private static void closesWhenItHasGrownAgain(int leaves, int last, Story story) {
    runOnce(
        story,
        "1 to 3 handlers are busy with messages 1, 2 and 3. Message %d ends, and so does its handler"
                .formatted(leaves)
            + ", when it has been idle for long enough; then message 4 comes. The pool is closed,"
            + " and message %d is the last to end".formatted(last),
        "close returns when that has ended",
        run -> {
          var idle = Duration.ofSeconds(2);
          var pool = new HandlerPool(1, 3, idle, HandlerThreads.counted());
          List<Message> messages = Stream.generate(Message::slow).limit(4).toList();
          begin(pool, messages.get(0), messages.get(1), messages.get(2));
          end(messages.get(leaves - 1));
          passes(idle.multipliedBy(2));
          begin(pool, messages.get(3));
          closesBeforeTheLastEnds(pool, messages, last, run);
          run.join();
        });
  }

  @Test
  @Rule(10)
  void with_handlers_started_at_the_same_time_close_waits_for_each(Story story) {
    for (int last = 2; last <= 3; last++) {
      closesWhenTwoHaveGrown(last, story);
    }
  }

  private static void closesWhenTwoHaveGrown(int last, Story story) {
    exploreClose(
        story,
        "1 to 3 handlers, and 1 is busy with message 1. Messages 2 and 3 come at the same time. The"
            + " pool is closed, and message %d is the last to end".formatted(last),
        "close returns when that has ended",
        run -> {
          var pool = new HandlerPool(1, 3, LONG, HandlerThreads.counted());
          List<Message> messages = Stream.generate(Message::slow).limit(3).toList();
          begin(pool, messages.get(0));
          run.thread("connection 1", () -> pool.handOff(messages.get(1)));
          run.thread("connection 2", () -> pool.handOff(messages.get(2)));
          run.join();
          closesBeforeTheLastEnds(pool, messages, last, run);
        });
  }

  /** Closes a pool that is busy with messages, which end then; the last only when all is still. */
  private static void closesBeforeTheLastEnds(
      HandlerPool pool, List<Message> messages, int last, Run run) throws InterruptedException {
    Message lasts = messages.get(last - 1);
    run.thread(
        "closer",
        () -> {
          pool.close();
          if (!lasts.isHandled()) {
            throw new AssertionError("close returned while message " + last + " was handled");
          }
        });
    messages.stream().filter(message -> message != lasts).forEach(Message::end);
    allAreBack();
    end(lasts);
  }

  @Test
  @Rule(10)
  void with_interrupts_again_and_again_close_waits_on(Story story) {
    runOnce(
        story,
        "1 handler is busy with message 1. A thread closes the pool, and is interrupted five times;"
            + " then message 1 ends",
        "close returns when message 1 has ended, and its thread is interrupted then",
        run -> {
          var pool = new HandlerPool(1, 2, LONG, HandlerThreads.counted());
          var first = Message.slow();
          begin(pool, first);
          Thread closer =
              run.thread(
                  "closer",
                  () -> {
                    pool.close();
                    first.wasHandled("message 1");
                    if (!Thread.currentThread().isInterrupted()) {
                      throw new AssertionError("close returned, and its thread is not interrupted");
                    }
                  });
          for (int n = 1; n <= 5; n++) {
            allAreBack();
            closer.interrupt();
          }
          allAreBack();
          first.end();
          run.join();
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package course.server;

import static course.server.Orders.explore;
import static course.server.Orders.exploreToTheEnd;
import static course.server.Orders.runOnce;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@ExerciseTests
class RepliesTest {
  /** More than anybody would put into a pool; many more make the test slow on a busy machine. */
  private static final int MANY = 120;

  @Test
  @Rule(value = 1, points = 1)
  void a_message_is_answered_with_what_its_handler_makes_of_it(Story story) {
    explore(
        story,
        "The client sends a, b, an empty message and a; the handlers make A, B, an empty reply and"
            + " A of them",
        "the client gets A twice, B, and an empty reply",
        run -> {
          var client = new Received();
          var replies = new Replies(String::toUpperCase, client);
          replies.message("a");
          replies.message("b");
          replies.message("");
          replies.message("a");
          replies.awaitAll();
          client.areInAnyOrder("", "A", "A", "B");
        });
  }

  @Test
  @Rule(value = 2, points = 2)
  void messages_are_handled_at_the_same_time(Story story) {
    var allBegun = new CountDownLatch(MANY);
    try {
      runOnce(
          story,
          "The client sends " + MANY + " messages; the handler of each ends when all have begun",
          "all handlers begin, and the client gets " + MANY + " replies",
          run -> {
            var client = new Received();
            var replies =
                new Replies(
                    message -> {
                      allBegun.countDown();
                      allBegun.await();
                      return message.toUpperCase();
                    },
                    client);
            for (int n = 1; n <= MANY; n++) {
              replies.message("a");
            }
            replies.awaitAll();
            client.are(Collections.nCopies(MANY, "A").toArray(String[]::new));
          });
    } catch (AssertionFailedError e) {
      if (allBegun.getCount() == 0) {
        throw e;
      }
      // Where each of so many threads waits would fill pages.
      throw story.seen("some are handled, and the others wait until one of those has ended");
    }
    explore(
        story,
        "The client sends a and b; the handler of each ends when both have begun",
        "both handlers begin, and the client gets A and B",
        run -> {
          var client = new Received();
          var begun = new CountDownLatch(2);
          var replies =
              new Replies(
                  message -> {
                    begun.countDown();
                    begun.await();
                    return message.toUpperCase();
                  },
                  client);
          replies.message("a");
          replies.message("b");
          replies.awaitAll();
          client.areInAnyOrder("A", "B");
        });
  }

  @Test
  @Rule(value = 3, points = 3)
  void replies_come_in_the_order_of_the_messages(Story story) {
    explore(
        story,
        "The client sends a, b and c; the handler of a ends after that of c",
        "the client gets A, B and C, in this order",
        run -> {
          var client = new Received();
          var handledC = new CountDownLatch(1);
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("a")) {
                      handledC.await();
                    } else if (message.equals("c")) {
                      handledC.countDown();
                    }
                    return message.toUpperCase();
                  },
                  client);
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
          client.are("A", "B", "C");
        });
  }

  @Test
  @Rule(3)
  void the_order_holds_for_many_that_are_all_the_same(Story story) {
    runOnce(
        story,
        "The client sends "
            + MANY
            + " messages, all of them a, each when the handler of the one before has begun. The"
            + " handlers make 1, 2, 3 and so on of them, and that of the first one ends last",
        "the client gets 1, 2, 3 and so on, in this order",
        run -> {
          var client = new Received();
          var numbers = new AtomicInteger();
          var begun = new Semaphore(0);
          var firstMayEnd = new CountDownLatch(1);
          var replies =
              new Replies(
                  _ -> {
                    int number = numbers.incrementAndGet();
                    begun.release();
                    if (number == 1) {
                      firstMayEnd.await();
                    }
                    return String.valueOf(number);
                  },
                  client);
          var expected = new String[MANY];
          for (int n = 1; n <= MANY; n++) {
            expected[n - 1] = String.valueOf(n);
            replies.message("a");
            begun.acquire();
          }
          Thread.sleep(1); // by the clock of the run: when nobody can move any more
          firstMayEnd.countDown();
          replies.awaitAll();
          client.are(expected);
        });
  }

  @Test
  @Rule(3)
  void the_order_holds_for_the_second_hundred_too(Story story) {
    runOnce(
        story,
        "The client sends a, b and c, "
            + MANY
            + " times, each time when it has all replies; the handler of a ends after the others",
        "the client gets A, B and C each time, in this order",
        run -> {
          var client = new Received();
          var othersAreHandled = new Semaphore(0);
          var sent = new Semaphore(0);
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("a")) {
                      othersAreHandled.acquire(2);
                      Thread.sleep(1); // by the clock of the run: they are ready
                    } else {
                      othersAreHandled.release();
                    }
                    return message.toUpperCase();
                  },
                  reply -> {
                    client.send(reply);
                    sent.release();
                  });
          var expected = new String[3 * MANY];
          for (int n = 0; n < expected.length; n += 3) {
            replies.message("a");
            replies.message("b");
            replies.message("c");
            expected[n] = "A";
            expected[n + 1] = "B";
            expected[n + 2] = "C";
            sent.acquire(3);
          }
          replies.awaitAll();
          client.are(expected);
        });
  }

  @Test
  @Rule(value = 8, points = 1)
  void when_all_are_awaited_each_reply_is_out(Story story) {
    exploreToTheEnd(
        story,
        "The client sends a and b; the connection's thread calls awaitAll",
        "when awaitAll returns, the client has two replies; no thread is left",
        run -> {
          var client = new Received();
          var replies = new Replies(_ -> "reply", client);
          replies.message("a");
          replies.message("b");
          replies.awaitAll();
          client.are("reply", "reply");
        });
    exploreToTheEnd(
        story,
        "The client sends a, b and c, and is gone before the first reply; the handler of b ends"
            + " last. The connection's thread calls awaitAll",
        "when awaitAll returns, the handler of b has ended, too",
        run -> {
          var mayEnd = new CountDownLatch(1);
          var ended = new AtomicInteger();
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("b")) {
                      mayEnd.await();
                    }
                    ended.incrementAndGet();
                    return message.toUpperCase();
                  },
                  new GoneClient(""));
          replies.message("a");
          replies.message("b");
          replies.message("c");
          run.thread(
              "connection",
              () -> {
                replies.awaitAll();
                if (ended.get() < 3) {
                  throw new AssertionError("awaitAll returned, and a handler is still at work");
                }
              });
          Thread.sleep(1); // by the clock of the run: when nobody can move any more
          mayEnd.countDown();
        });
    exploreToTheEnd(
        story,
        "The client sends nothing; the connection's thread calls awaitAll",
        "awaitAll returns, as nothing is in flight",
        run -> new Replies(String::toUpperCase, new Received()).awaitAll());
  }
}

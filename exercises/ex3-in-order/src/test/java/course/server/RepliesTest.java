package course.server;

import static course.server.Orders.explore;
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
        "The client sends the messages a, b and a; their handlers make A, B and A of them",
        "the client gets A twice, and B",
        run -> {
          var client = new Received();
          var replies = new Replies(String::toUpperCase, client);
          replies.message("a");
          replies.message("b");
          replies.message("a");
          replies.awaitAll();
          client.areInAnyOrder("A", "A", "B");
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
  @Rule(value = 5, points = 2)
  void a_reply_does_not_wait_for_the_messages_behind_it(Story story) {
    explore(
        story,
        "The client sends a, b and c; the handler of c ends when the client has two replies",
        "the client gets A and B while c is handled, and then C",
        run -> {
          var client = new Received();
          var two = new CountDownLatch(2);
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("c")) {
                      two.await();
                    }
                    return message.toUpperCase();
                  },
                  reply -> {
                    client.send(reply);
                    two.countDown();
                  });
          replies.message("a");
          replies.message("b");
          replies.message("c");
          two.await(); // also without anybody who awaits them all
          replies.awaitAll();
          client.areInAnyOrder("A", "B", "C");
        });
  }

  @Test
  @Rule(value = 7, points = 1)
  void two_replies_are_never_sent_at_the_same_time(Story story) {
    explore(
        story,
        "The client sends a, b and c, and all are handled in no time; b fails",
        "each reply is sent when the one before is out",
        run -> {
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("b")) {
                      throw new IllegalArgumentException("b can't be handled");
                    }
                    return message.toUpperCase();
                  },
                  new Received());
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
        });
  }

  @Test
  @Rule(value = 8, points = 1)
  void when_all_are_awaited_each_reply_is_out(Story story) {
    explore(
        story,
        "The client sends a and b; the connection's thread calls awaitAll",
        "when awaitAll returns, the client has two replies",
        run -> {
          var client = new Received();
          var replies = new Replies(_ -> "reply", client);
          replies.message("a");
          replies.message("b");
          replies.awaitAll();
          client.are("reply", "reply");
        });
    explore(
        story,
        "The client sends nothing; the connection's thread calls awaitAll",
        "awaitAll returns, as nothing is in flight",
        run -> new Replies(String::toUpperCase, new Received()).awaitAll());
  }
}

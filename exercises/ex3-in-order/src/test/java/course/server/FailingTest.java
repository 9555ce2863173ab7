package course.server;

import static course.server.Orders.explore;
import static course.server.Orders.exploreToTheEnd;
import static course.server.Orders.runOnce;

import course.testkit.ExerciseTests;
import course.testkit.Failures;
import course.testkit.Rule;
import course.testkit.Show;
import course.testkit.Story;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever waits for others depends on them: what holds if a message fails, or the client is gone.
 */
@ExerciseTests
class FailingTest {
  @Test
  @Rule(value = 4, points = 3)
  void a_message_that_fails_is_answered_with_error_in_its_place(Story story) {
    explore(
        story,
        "The client sends a, b and c; the handler of b throws an IllegalArgumentException, that of"
            + " a ends later, and that of c when the client has two replies",
        "the client gets A, ERROR and C, in this order",
        run -> {
          var client = new Received();
          var fails = new CountDownLatch(1);
          var two = new CountDownLatch(2);
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("a")) {
                      fails.await();
                    } else if (message.equals("b")) {
                      fails.countDown();
                      throw new IllegalArgumentException("b can't be handled");
                    } else {
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
          replies.awaitAll();
          client.are("A", "ERROR", "C");
        });
    Stream.of(Failures.unchecked(), Failures.checked())
        .flatMap(List::stream)
        .forEach(exception -> failsWith(exception, story));
  }

  private static void failsWith(Exception exception, Story story) {
    runOnce(
        story,
        "The client sends a, b and c; the handlers of b and c throw " + Show.thrown(exception),
        "the client gets A, ERROR and ERROR, in this order",
        run -> {
          var client = new Received();
          var replies =
              new Replies(
                  message -> {
                    if (!message.equals("a")) {
                      throw exception;
                    }
                    return message.toUpperCase();
                  },
                  client);
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
          client.are("A", "ERROR", "ERROR");
        });
  }

  @Test
  @Rule(value = 6, points = 2)
  void a_client_that_is_gone_holds_up_no_handler(Story story) {
    exploreToTheEnd(
        story,
        "The client sends a, b and c, and is gone before the first reply",
        "all handlers end, awaitAll returns, and no ERROR is sent",
        run -> {
          var client = new GoneClient("");
          var replies = new Replies(String::toUpperCase, client);
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
          client.gotNoError();
        });
    exploreToTheEnd(
        story,
        "The client sends a, gets A, sends b and is gone; then c is read, which it sent before",
        "all handlers end, awaitAll returns, and no ERROR is sent",
        run -> {
          var client = new GoneClient("A");
          var replies = new Replies(String::toUpperCase, client);
          replies.message("a");
          replies.message("b");
          client.two.await();
          replies.message("c");
          replies.awaitAll();
          client.gotNoError();
        });
  }
}

package course.server;

import static course.server.Orders.explore;
import static course.server.Orders.exploreToTheEnd;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenRepliesTest {
  /** A virtual thread that goes round and round keeps a core: there is none left then. */
  private static final int MORE_THAN_CORES = 2 * Runtime.getRuntime().availableProcessors();

  @Test
  @Rule(2)
  void they_are_so_though_handlers_are_left_interrupted(Story story) throws InterruptedException {
    var lastHasBegun = new CountDownLatch(1);
    var sent = new AtomicInteger();
    var replies =
        new Replies(
            message -> {
              switch (message) {
                case "first" -> lastHasBegun.await();
                case "last" -> lastHasBegun.countDown();
                default -> Thread.currentThread().interrupt();
              }
              return message;
            },
            _ -> sent.incrementAndGet());
    story.step("The client sends a message whose handler ends when that of the last one has begun");
    replies.message("first");
    story.step("It sends more messages than there are cores; their handlers end interrupted");
    for (int n = 1; n <= MORE_THAN_CORES; n++) {
      replies.message("interrupted");
    }
    story.step("It sends the last message");
    story.expect("its handler begins, and the client gets all replies");
    replies.message("last");
    replies.awaitAll();
    story.equal("replies that were sent:", MORE_THAN_CORES + 2, sent.get());
  }

  @Test
  @Rule(3)
  void a_reply_waits_for_its_turn_if_its_handler_leaves_an_interrupt(Story story) {
    explore(
        story,
        "The client sends a, b and c; each handler leaves its thread interrupted, that of b fails"
            + " as well, and that of a ends after that of c",
        "the client gets A, ERROR and C, in this order",
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
                    Thread.currentThread().interrupt();
                    if (message.equals("b")) {
                      throw new IllegalArgumentException("b can't be handled");
                    }
                    return message.toUpperCase();
                  },
                  client);
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
          client.are("A", "ERROR", "C");
        });
  }

  @Test
  @Rule(4)
  void an_exception_of_any_kind_is_answered_with_error(Story story) {
    explore(
        story,
        "The client sends a, b and c; the handler of a throws an InterruptedException, and that of"
            + " c an IllegalStateException without words",
        "the client gets ERROR, B and ERROR, in this order",
        run -> {
          var client = new Received();
          var replies =
              new Replies(
                  message -> {
                    switch (message) {
                      case "a" -> throw new InterruptedException("its work was interrupted");
                      case "c" -> throw new IllegalStateException();
                      default -> {
                        return message.toUpperCase();
                      }
                    }
                  },
                  client);
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
          client.are("ERROR", "B", "ERROR");
        });
  }

  @Test
  @Rule(6)
  void a_message_that_fails_when_the_client_is_gone_holds_up_no_handler(Story story) {
    exploreToTheEnd(
        story,
        "The client sends a, b and c, and is gone before the first reply; then the handler of b"
            + " fails",
        "all handlers end, and awaitAll returns",
        run -> {
          var gone = new CountDownLatch(1);
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("b")) {
                      gone.await();
                      throw new IllegalArgumentException("b can't be handled");
                    }
                    return message.toUpperCase();
                  },
                  _ -> {
                    gone.countDown();
                    throw new IOException("the client is gone");
                  });
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
        });
  }

  @Test
  @Rule(6)
  void a_handler_that_leaves_an_interrupt_is_not_held_up_by_a_client_that_is_gone(Story story) {
    exploreToTheEnd(
        story,
        "The client sends a, b and c, gets A and is gone; each handler leaves its thread"
            + " interrupted",
        "all handlers end, awaitAll returns, and no ERROR is sent",
        run -> {
          var client = new GoneClient("A");
          var replies =
              new Replies(
                  message -> {
                    Thread.currentThread().interrupt();
                    return message.toUpperCase();
                  },
                  client);
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
          client.gotNoError();
        });
  }

  @Test
  @Rule(6)
  void who_comes_later_is_not_held_up_by_a_client_that_is_gone(Story story) {
    for (String order : List.of("bcd", "bdc", "cbd", "cdb", "dbc", "dcb")) {
      Orders.runOnce(
          story,
          "The client sends a, b, c and d, and is gone before the first reply; then the handlers of"
              + " b, c and d get done in the order "
              + order
              + ", and e is read, which it sent before",
          "all handlers end, and awaitAll returns",
          run -> {
            var gone = new CountDownLatch(1);
            var mayEnd = new ConcurrentHashMap<String, CountDownLatch>();
            order.chars().forEach(c -> mayEnd.put(Character.toString(c), new CountDownLatch(1)));
            var replies =
                new Replies(
                    message -> {
                      if (mayEnd.containsKey(message)) {
                        mayEnd.get(message).await();
                      }
                      return message.toUpperCase();
                    },
                    _ -> {
                      gone.countDown();
                      throw new IOException("the client is gone");
                    });
            for (String message : "a b c d".split(" ")) {
              replies.message(message);
            }
            gone.await();
            for (String next : order.split("")) {
              Thread.sleep(1); // by the clock of the run: until nobody else can move
              mayEnd.get(next).countDown();
            }
            Thread.sleep(1);
            replies.message("e");
            replies.awaitAll();
          });
    }
  }
}

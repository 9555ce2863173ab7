package course.server;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds for thousands of messages that are in flight at once. */
@ExerciseTests
class ManyTest {
  /** More than anybody has places for. */
  private static final int THOUSANDS = 2_000;

  @Test
  @Rule(2)
  void they_are_so_however_many_there_are(Story story) throws InterruptedException {
    var allBegun = new CountDownLatch(THOUSANDS);
    var sent = new AtomicInteger();
    var replies =
        new Replies(
            message -> {
              allBegun.countDown();
              allBegun.await();
              return message;
            },
            _ -> sent.incrementAndGet());
    story.step(
        "The client sends " + THOUSANDS + " messages; each handler ends when all have begun");
    story.expect("all handlers begin, and the client gets as many replies");
    for (int n = 1; n <= THOUSANDS; n++) {
      replies.message("a");
    }
    replies.awaitAll();
    story.equal("replies that were sent:", THOUSANDS, sent.get());
  }

  @Test
  @Rule(3)
  void the_order_holds_for_thousands(Story story) throws InterruptedException {
    var othersAreHandled = new CountDownLatch(THOUSANDS - 1);
    var sent = new ArrayList<String>(); // one at a time sends
    var replies =
        new Replies(
            message -> {
              if (message.equals("1")) {
                othersAreHandled.await();
              } else {
                othersAreHandled.countDown();
              }
              return message;
            },
            sent::add);
    story.step(
        "The client sends %d messages, 1, 2 and so on; the handler of the first one ends last"
            .formatted(THOUSANDS));
    story.expect("the client gets 1, 2 and so on, in this order");
    for (int n = 1; n <= THOUSANDS; n++) {
      replies.message(String.valueOf(n));
    }
    replies.awaitAll();
    story.equal("replies that were sent:", THOUSANDS, sent.size());
    for (int n = 1; n <= THOUSANDS; n++) {
      story.equal("reply " + n + " is", String.valueOf(n), sent.get(n - 1));
    }
  }
}

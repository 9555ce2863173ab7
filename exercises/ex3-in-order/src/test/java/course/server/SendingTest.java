package course.server;

import static course.server.Orders.explore;
import static course.server.Orders.runOnce;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** When a reply is sent, and that it is alone then. */
@ExerciseTests
class SendingTest {
  /** Who looks again and again need not be quicker than that. */
  private static final int LATE_MILLIS = 500;

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
    String backwards =
        "The client sends a, b and c; the handler of b ends after that of c, and that of a after"
            + " both";
    explore(
        story,
        backwards,
        "the client gets A, B and C, also if nobody awaits them all",
        run -> handledBackwards(0));
    runOnce(
        story,
        backwards,
        "the client gets A, B and C, and no time passes between them",
        run -> {
          long begin = System.nanoTime(); // by the clock of the run
          handledBackwards(1);
          long millis = (System.nanoTime() - begin) / 1_000_000;
          if (millis >= LATE_MILLIS) {
            throw new AssertionError(
                "the last reply was ready, and was sent %,d ms later".formatted(millis));
          }
        });
    runOnce(
        story,
        "Two clients send a each; the first one takes its reply when the second one has its own",
        "both clients get A",
        run -> {
          var first = new Received();
          var second = new Received();
          var secondHasIt = new Semaphore(0);
          Handler handler = String::toUpperCase; // all connections have the same one
          var repliesToFirst =
              new Replies(
                  handler,
                  reply -> {
                    secondHasIt.acquireUninterruptibly();
                    first.send(reply);
                  });
          var repliesToSecond =
              new Replies(
                  handler,
                  reply -> {
                    second.send(reply);
                    secondHasIt.release();
                  });
          run.thread(
              "connection 1",
              () -> {
                repliesToFirst.message("a");
                repliesToFirst.awaitAll();
                first.are("A");
              });
          Thread.sleep(1); // by the clock of the run: the first reply is being sent
          run.thread(
              "connection 2",
              () -> {
                repliesToSecond.message("a");
                repliesToSecond.awaitAll();
                second.are("A");
              });
          run.join();
        });
  }

  @Test
  @Rule(5)
  void two_connections_know_nothing_of_each_other(Story story) {
    explore(
        story,
        "At the same time one client sends a and b, and another one c and d; when all have replies,"
            + " a third one sends e",
        "the first gets A and B, the second C and D, and the third E",
        run -> {
          var first = new Received();
          var second = new Received();
          Handler handler = String::toUpperCase; // all connections have the same one
          var one = new Replies(handler, first);
          var other = new Replies(handler, second);
          one.message("a");
          other.message("c");
          one.message("b");
          other.message("d");
          one.awaitAll();
          first.are("A", "B");
          other.awaitAll();
          second.are("C", "D");
          var third = new Received();
          var later = new Replies(handler, third);
          later.message("e");
          later.awaitAll();
          third.are("E");
        });
  }

  /**
   * @param millis so long, by the clock of the run, each handler waits before it ends; 1: until
   *     nobody can move any more
   */
  private static void handledBackwards(int millis) throws InterruptedException {
    var client = new Received();
    var handledB = new CountDownLatch(1);
    var handledC = new CountDownLatch(1);
    var three = new CountDownLatch(3);
    var replies =
        new Replies(
            message -> {
              switch (message) {
                case "a" -> handledB.await();
                case "b" -> handledC.await();
                default -> {}
              }
              Thread.sleep(millis);
              (message.equals("b") ? handledB : handledC).countDown();
              return message.toUpperCase();
            },
            reply -> {
              client.send(reply);
              three.countDown();
            });
    replies.message("a");
    replies.message("b");
    replies.message("c");
    three.await();
    replies.awaitAll();
    client.are("A", "B", "C");
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
    explore(
        story,
        "The client sends a, b and c, and is gone: send takes a while, and throws an IOException",
        "send is called when the call before has ended",
        run -> {
          var sent = new Received();
          var replies =
              new Replies(
                  String::toUpperCase,
                  reply -> {
                    sent.send(reply);
                    throw new IOException("the client is gone");
                  });
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
        });
  }
}

package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@ExerciseTests
class RepliesTest {
  @Test
  @Rule(value = 1, points = 1)
  void a_message_is_answered_with_what_its_handler_makes_of_it(Story story) {
    explore(
        story,
        "The client sends the message a; its handler makes A of it",
        "the client gets A",
        run -> {
          var client = new Received();
          var replies = new Replies(String::toUpperCase, client);
          replies.message("a");
          replies.awaitAll();
          client.are("A");
        });
  }

  @Test
  @Rule(value = 2, points = 2)
  void messages_are_handled_at_the_same_time(Story story) {
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
  @Rule(value = 4, points = 3)
  void a_message_that_fails_is_answered_with_error_in_its_place(Story story) {
    explore(
        story,
        "The client sends a, b and c; the handler of b throws an exception",
        "the client gets A, ERROR and C, in this order",
        run -> {
          var client = new Received();
          var replies =
              new Replies(
                  message -> {
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
  @Rule(value = 5, points = 2)
  void a_reply_does_not_wait_for_the_messages_behind_it(Story story) {
    explore(
        story,
        "The client sends a and b; the handler of b ends when the client has the reply to a",
        "the client gets A while b is handled, and then B",
        run -> {
          var client = new Received();
          var replies =
              new Replies(
                  message -> {
                    if (message.equals("b")) {
                      client.first.await();
                    }
                    return message.toUpperCase();
                  },
                  client);
          replies.message("a");
          replies.message("b");
          client.first.await();
          replies.awaitAll();
        });
  }

  @Test
  @Rule(value = 6, points = 2)
  void a_client_that_is_gone_holds_up_no_handler(Story story) {
    explore(
        story,
        "The client sends a, b and c, and is gone before the first reply",
        "all handlers end, awaitAll returns, and no ERROR is sent",
        run -> {
          var sent = new ConcurrentLinkedQueue<String>();
          var replies =
              new Replies(
                  String::toUpperCase,
                  reply -> {
                    sent.add(reply);
                    throw new IOException("the client is gone");
                  });
          replies.message("a");
          replies.message("b");
          replies.message("c");
          replies.awaitAll();
          if (sent.contains("ERROR")) {
            throw new AssertionError("no message failed, but ERROR was sent: " + sent);
          }
        });
  }

  @Test
  @Rule(value = 7, points = 1)
  void two_replies_are_never_sent_at_the_same_time(Story story) {
    explore(
        story,
        "The client sends a and b, and both are handled in no time",
        "the second reply is sent when the first is out",
        run -> {
          var replies = new Replies(String::toUpperCase, new Received());
          replies.message("a");
          replies.message("b");
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
  }

  private static void explore(Story story, String what, String expectation, Scenario scenario) {
    // Threads are held inside the client too: it is there that two replies could meet.
    story.explore(
        what,
        expectation,
        Interleavings.of(Replies.class, Received.class).randomOrders(100),
        scenario);
  }
}

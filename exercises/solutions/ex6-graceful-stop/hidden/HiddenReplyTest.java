package course.server;

import static course.server.Servers.TOO_LONG;
import static course.server.Servers.allAnswered;
import static course.server.Servers.allIsRead;
import static course.server.Servers.explore;
import static course.server.Servers.never;
import static course.server.Servers.runOnce;
import static course.server.Servers.same;
import static course.server.Servers.shown;
import static course.server.Servers.start;
import static course.server.Servers.stop;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a client gets. */
@ExerciseTests
class HiddenReplyTest {
  @Test
  @Rule(2)
  void a_client_that_has_ended_its_side_gets_its_replies(Story story) {
    explore(
        story,
        Interleavings.of(Connection.class),
        "A client has sent messages 1 and 2, and has ended its side. 2 handlers are busy with them."
            + " The server has begun to stop; then the handlers get done",
        "the client receives both replies, and then its connection ends",
        run -> {
          var work = new TestWork("1", "2");
          Server server = start(2, work);
          try (var client = new Client(server)) {
            client.send("1\n2\n");
            client.sendsNoMore();
            work.awaitBegun("1");
            work.awaitBegun("2");
            server.stop();
            work.end("1");
            work.end("2");
            String replies = client.receiveAll();
            if (!Set.of("1\n2\n", "2\n1\n").contains(replies)) {
              throw new AssertionError("the client received " + shown(replies));
            }
            allAnswered(server.awaitEnd(never()));
          }
        });
    runOnce(
        story,
        Interleavings.of(Connection.class),
        "A client has sent message 1 and has ended its side; a handler is busy with the message."
            + " The server has begun to stop, and a thread waits in awaitEnd; then the handler gets"
            + " done",
        "the client receives the reply, and awaitEnd returns true",
        run -> {
          var work = new TestWork("1");
          Server server = start(1, work);
          try (var client = new Client(server)) {
            client.send("1\n");
            client.sendsNoMore();
            work.awaitBegun("1");
            allIsRead();
            run.thread("stops", () -> stop(server));
            allIsRead();
            work.end("1");
            same("the client received", "1\n", client.receiveAll());
            run.join();
          }
        });
  }

  @Test
  @Rule(2)
  void who_sends_a_line_in_two_parts_gets_one_reply(Story story) throws Exception {
    Server server = start(1, new TestWork());
    try (var client = new Client(server)) {
      story.step("A client sends \"ab\", and 1.2 seconds later \"cd\" and the line's end");
      client.send("ab");
      Thread.sleep(1_200); // so slow is this client
      client.send("cd\n");
      story.expect("it receives the reply to \"abcd\"");
      story.equal("the first three bytes are", "abc", client.receive(3));
      server.stop();
      server.awaitEnd(never());
    }
  }

  @Test
  @Rule(2)
  void with_a_reply_of_megabytes_the_client_gets_all_of_it(Story story) throws Exception {
    var work = new TestWork("1").replyingWith("x".repeat(TOO_LONG));
    Server server = start(1, work);
    try (var client = new Client(server)) {
      story.step("A handler is busy with message 1. The server has begun to stop");
      client.send("1\n");
      work.awaitBegun("1");
      server.stop();
      story.step("The handler gets done; the reply is 16 MiB, which fits into no buffer");
      work.end("1");
      int received = client.take(TOO_LONG + 2);
      story.check(
          received == TOO_LONG + 1,
          "the client receives the whole reply and its line end",
          received == 0 ? "it receives nothing" : "it receives a part of the reply");
      story.equal("awaitEnd returns", true, server.awaitEnd(never()));
    }
  }
}

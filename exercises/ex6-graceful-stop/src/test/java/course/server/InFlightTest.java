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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From when and until when a message is in flight. */
@ExerciseTests
class InFlightTest {
  private static final Interleavings CONNECTION = Interleavings.of(Connection.class);
  private static final int TRIES = 6;
  private static final int TRIPS = 64; // in each try: so much time there is to read
  private static final int LONG = 1 << 17; // bytes of a reply that a client has to take in parts
  private static final int ON_ITS_WAY = 12 << 10; // bytes that wait where the server sends

  @Test
  @Rule(2)
  void what_was_read_is_in_flight_though_no_handler_has_it(Story story) throws Exception {
    var misses = new ArrayList<String>();
    for (int n = 0; n < TRIES; n++) {
      var work = new TestWork("1");
      Server server = start(1, work);
      try (var one = new Client(server);
          var two = new Client(server)) {
        story.begin("The one handler is busy with message 1");
        one.send("1\n");
        work.awaitBegun("1");
        story.step("Another client's connection has read message 2, and waits for a handler");
        two.send("2\n");
        RoundTrips.make(TRIPS);
        story.step("The server has begun to stop; then the handler gets done with message 1");
        server.stop();
        work.end("1");
        story.expect("both clients receive their reply, and then their connections end");
        String replies = one.receiveAll() + two.receiveAll();
        if (!replies.equals("1\n2\n")) {
          misses.add("together they receive " + shown(replies));
        }
        story.step("awaitEnd, with a deadline that never comes");
        server.awaitEnd(never());
      }
    }
    checkTries(story, "each client receives the reply to its message", misses);
  }

  @Test
  @Rule(2)
  void without_a_stop_message_after_message_is_answered(Story story) {
    runOnce(
        story,
        CONNECTION,
        "A client sends messages 1, 2 and 3, each when it has the reply to the one before. Then"
            + " the server stops",
        "the client receives the three replies, and then its connection ends",
        run -> {
          Server server = start(2, new TestWork());
          try (var client = new Client(server)) {
            for (String message : List.of("1\n", "2\n", "3\n")) {
              client.trySend(message);
              same("the client received", message, client.receive(2));
              allIsRead();
            }
            stop(server);
            same("then the client received", "", client.receiveAll());
          }
        });
  }

  @Test
  @Rule(2)
  void without_a_stop_of_its_own_a_server_goes_on(Story story) {
    runOnce(
        story,
        CONNECTION,
        "2 servers, and a client of each that gets the reply to message 1. The first server stops."
            + " Then the second one's client sends message 2, and that server stops, too",
        "the client receives both replies, and then its connection ends",
        run -> {
          Server other = start(1, new TestWork());
          Server server = start(1, new TestWork());
          try (var client = new Client(server);
              var others = new Client(other)) {
            client.send("1\n");
            same("the client received", "1\n", client.receive(2));
            others.send("1\n");
            same("the other client received", "1\n", others.receive(2));
            stop(other);
            client.trySend("2\n");
            same("the client received", "2\n", client.receive(2));
            stop(server);
            same("then the client received", "", client.receiveAll());
          }
        });
  }

  @Test
  @Rule(2)
  void without_a_stop_who_does_not_read_holds_up_nobody_else(Story story) throws Exception {
    Server server = start(2, message -> message.equals("1") ? "x".repeat(TOO_LONG) : message);
    try (var one = new Client(server);
        var two = new Client(server)) {
      story.step("A client sends message 1. The reply is 16 MiB, and the client reads just 1 byte");
      one.send("1\n");
      one.receive(1); // the handler is in the middle of its reply
      story.step("Another client sends message 2");
      two.send("2\n");
      story.expect("it receives the reply, though the first one does not read");
      story.equal("it receives", "2\n", two.receive(2));
      story.step("The first client goes away, and the server stops");
      one.leave();
      stop(server);
    }
  }

  @Test
  @Rule(2)
  void who_ends_its_side_after_the_stop_gets_its_reply(Story story) {
    runOnce(
        story,
        CONNECTION,
        "A handler is busy with message 1, and the server has begun to stop. Then the client sends"
            + " message 2 and ends its side; and then the handler gets done",
        "the client receives the reply to message 1",
        run -> {
          var work = new TestWork("1");
          Server server = start(2, work);
          try (var client = new Client(server)) {
            client.send("1\n");
            work.awaitBegun("1");
            server.stop();
            client.trySend("2\n");
            client.sendsNoMore();
            allIsRead();
            work.end("1");
            same("the client received", "1\n", client.receiveAll());
            allAnswered(server.awaitEnd(never()));
          }
        });
  }

  @Test
  @Rule(2)
  void what_comes_meanwhile_is_read_and_dropped(Story story) throws Exception {
    var work = new TestWork("1");
    Server server = start(2, work);
    try (var client = new Client(server)) {
      client.hasLittleRoom();
      story.begin("A handler is busy with message 1. The server has begun to stop");
      client.send("1\n");
      work.awaitBegun("1");
      server.stop();
      story.step("The client sends 2 MiB more");
      story.expect("all of it is read, or the client would wait in its write");
      client.send(("2".repeat(8_191) + "\n").repeat(256));
      story.step("Then the handler gets done");
      work.end("1");
      server.awaitEnd(never());
      story.equal("messages that were handled:", 1, work.begun.size());
    }
  }

  @Test
  @Rule(2)
  void the_end_of_a_long_reply_is_not_lost(Story story) throws Exception {
    var misses = new ArrayList<String>();
    for (int n = 0; n < TRIES; n++) {
      var work = new TestWork("1").replyingWith("x".repeat(LONG));
      Server server = start(2, work);
      try (var client = new Client(server)) {
        story.begin("A handler is busy with message 1. The server has begun to stop");
        client.send("1\n");
        work.awaitBegun("1");
        server.stop();
        story.step("The client sends 5 more messages of 8 KiB each; then the handler gets done");
        client.trySend(("2".repeat(8_191) + "\n").repeat(5));
        RoundTrips.make(TRIPS);
        work.end("1");
        story.step("Of the reply, which is 128 KiB, the client reads all but 12 KiB");
        int received = client.take(LONG - ON_ITS_WAY);
        story.expect("awaitEnd returns, as the whole reply is out");
        server.awaitEnd(never());
        story.step("awaitEnd has returned, and the client reads the rest");
        received += client.take(LONG);
        if (received != LONG + 1) {
          misses.add(
              received == 0
                  ? "it receives nothing"
                  : "the end of it is lost: the connection was reset, not closed");
        }
        story.equal("messages that were handled:", 1, work.begun.size());
      }
    }
    checkTries(story, "the client receives the whole reply and its line end", misses);
  }

  @Test
  @Rule(8)
  void a_message_that_fails_or_whose_client_is_gone_is_over(Story story) {
    explore(
        story,
        CONNECTION,
        "3 handlers. The work on a client's message throws an exception; another client closes"
            + " while messages 2 and 3 are handled, which are done later. The server stops; the"
            + " deadline is far away",
        "awaitEnd returns true, and no thread is left",
        run -> {
          var work = new TestWork("2", "3");
          Server server = start(3, work);
          try (var one = new Client(server);
              var two = new Client(server)) {
            two.send("2\n3\n");
            work.awaitBegun("2");
            work.awaitBegun("3");
            one.send(TestWork.FAILS + "\n");
            two.leave();
            server.stop();
            work.end("2");
            work.end("3"); // one of the two replies finds that the client is gone
            allAnswered(server.awaitEnd(never()));
          }
        });
  }

  /** A connection that is late in reading need not answer: once it may be. */
  private static void checkTries(Story story, String expectation, List<String> misses) {
    story.check(
        misses.size() <= 1,
        expectation + ", in all of %d tries but one at the most".formatted(TRIES),
        misses.isEmpty() ? "" : misses.getFirst());
  }
}

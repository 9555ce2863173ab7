package course.server;

import static course.server.Servers.allAnswered;
import static course.server.Servers.allIsRead;
import static course.server.Servers.explore;
import static course.server.Servers.never;
import static course.server.Servers.runOnce;
import static course.server.Servers.same;
import static course.server.Servers.shown;
import static course.server.Servers.start;
import static course.server.Servers.stop;
import static course.server.Servers.timeToRead;

import course.interleave.Interleavings;
import course.interleave.Run;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.Set;
import org.junit.jupiter.api.Test;

@ExerciseTests
class ServerTest {
  // Where the threads of a scenario meet: what is not named is not held up.
  private static final Interleavings SERVER = Interleavings.of(Server.class);
  private static final Interleavings CONNECTION = Interleavings.of(Connection.class);
  private static final Interleavings BOTH = Interleavings.of(Server.class, Connection.class);

  @Test
  @Rule(value = 1, points = 2)
  void a_silent_client_is_closed_at_once(Story story) {
    explore(
        story,
        CONNECTION,
        "A client gets the reply to message 1, and says nothing more; another one has sent half a"
            + " line, and a third nothing at all. The server stops",
        "the connections end, although the clients are silent and the deadline never comes",
        run -> {
          Server server = start(1, new TestWork());
          try (var client = new Client(server);
              var half = new Client(server);
              var mute = new Client(server)) {
            half.send("hal");
            client.send("1\n");
            same("the client received", "1\n", client.receive(2));
            server.stop();
            same("the client received more:", "", client.receiveAll());
            same("the second client received", "", half.receiveAll());
            same("the third client received", "", mute.receiveAll());
            allAnswered(server.awaitEnd(never()));
          }
        });
    runOnce(
        story,
        CONNECTION,
        "A handler is busy with a client's message 1; another client says nothing. The server"
            + " stops",
        "the silent client's connection ends, while message 1 is still being handled",
        run -> {
          var work = new TestWork("1");
          Server server = start(1, work);
          try (var client = new Client(server);
              var silent = new Client(server)) {
            client.send("1\n");
            work.awaitBegun("1");
            server.stop();
            same("the silent client received", "", silent.receiveAll());
            work.end("1");
            allAnswered(server.awaitEnd(never()));
          }
        });
  }

  @Test
  @Rule(value = 2, points = 3)
  void all_that_is_in_flight_is_answered(Story story) {
    explore(
        story,
        BOTH,
        "2 handlers are busy with messages 1 and 2 of a client. The server stops, and the handlers"
            + " get done",
        "the client receives both replies, and then its connection ends",
        run -> {
          var work = new TestWork("1", "2");
          Server server = start(2, work);
          try (var client = new Client(server)) {
            client.send("1\n2\n");
            work.awaitBegun("1");
            work.awaitBegun("2");
            run.thread("stop", () -> stop(server));
            work.end("1");
            work.end("2");
            String replies = client.receiveAll();
            if (!Set.of("1\n2\n", "2\n1\n").contains(replies)) {
              throw new AssertionError("the client received " + shown(replies));
            }
            run.join();
          }
        });
  }

  @Test
  @Rule(value = 3, points = 2)
  void no_further_message_is_handled(Story story) {
    explore(
        story,
        CONNECTION,
        "A client sends messages 1, 2 and 3, and the beginning of a fourth. The one handler is busy"
            + " with message 1; the server has begun to stop. Then the handler gets done",
        "1 is answered. 2 may have been read before: it is answered, or not handled. 3 and the"
            + " fourth are not handled",
        run -> {
          var work = new TestWork("1");
          Server server = start(1, work);
          try (var client = new Client(server)) {
            client.send("1\n2\n3\nfou");
            work.awaitBegun("1");
            server.stop();
            work.end("1");
            String replies = client.receiveAll();
            allAnswered(server.awaitEnd(never()));
            String handled = String.join("\n", work.begun) + "\n";
            if (!Set.of("1\n", "1\n2\n").contains(handled)) {
              throw new AssertionError("these were handled: " + shown(handled));
            }
            same("the client received", handled, replies);
          }
        });
  }

  @Test
  @Rule(3)
  void half_a_line_does_not_become_a_message_later(Story story) {
    runOnce(
        story,
        CONNECTION,
        "4 handlers. A client has sent message 1 and half a line, another one message 2 and half a"
            + " line; 1 and 2 are being handled. The server has begun to stop. Then the first"
            + " client ends its side; the second one sends the rest of its line, an empty line and"
            + " half a line more, and ends its side, too. Then the handlers get done",
        "nothing but 1 and 2 is handled",
        run -> {
          var work = new TestWork("1", "2");
          Server server = start(4, work);
          try (var one = new Client(server);
              var two = new Client(server)) {
            one.send("1\nhal");
            two.send("2\nhal");
            work.awaitBegun("1");
            work.awaitBegun("2");
            server.stop();
            one.sendsNoMore();
            two.trySend("f\n\nhal");
            two.sendsNoMore();
            allIsRead();
            work.end("1");
            work.end("2");
            server.awaitEnd(never());
            same("how many messages were handled:", "2", "" + work.begun.size());
          }
        });
  }

  @Test
  @Rule(value = 4, points = 3)
  void a_message_that_comes_while_the_server_stops_is_answered_or_not_handled(Story story) {
    String expectation = "message 1 is handled and the client receives the reply, or neither";
    explore(
        story,
        BOTH,
        "A client sends message 1 while the server stops",
        expectation,
        run -> {
          var work = new TestWork();
          Server server = start(1, work);
          try (var client = new Client(server)) {
            run.thread("client", () -> client.trySend("1\n"));
            run.thread("stop", () -> stop(server));
            run.join();
            isAnsweredIfHandled(work, client);
          }
        });
    explore(
        story,
        BOTH,
        "A client sends message 1. When that has come, the server stops",
        expectation,
        run -> {
          var work = new TestWork();
          Server server = start(1, work);
          try (var client = new Client(server)) {
            client.send("1\n");
            run.thread(
                "stop",
                () -> {
                  timeToRead();
                  stop(server);
                });
            run.join();
            isAnsweredIfHandled(work, client);
          }
        });
  }

  private static void isAnsweredIfHandled(TestWork work, Client client) {
    String handled = work.begun.isEmpty() ? "" : "1\n";
    same("the client received", handled, client.receiveAll());
  }

  @Test
  @Rule(value = 5, points = 2)
  void a_client_that_comes_while_the_server_stops_is_closed_too(Story story) {
    String expectation =
        "its connection ends with no reply, although the deadline never comes; message 1 is not"
            + " handled";
    story.explore(
        "A client connects, and the server begins to stop; then the client sends message 1",
        expectation,
        SERVER.arrivals(1).randomOrders(100), // when a client is accepted is up to the machine
        run -> comesWhileItStops(run, () -> {}));
    explore(
        story,
        SERVER,
        "A client connects. When that has come, the server begins to stop; then the client sends"
            + " message 1",
        expectation,
        run -> comesWhileItStops(run, Servers::timeToRead));
  }

  private static void comesWhileItStops(Run run, Run.Task before) throws Exception {
    var work = new TestWork();
    Server server = start(1, work);
    try (var client = new Client(server)) { // the acceptor may not have seen it yet
      run.thread( // one of its own: others may go first
              "stop",
              () -> {
                before.run();
                server.stop();
              })
          .join();
      client.trySend("1\n");
      same("the client received", "", client.receiveAll());
      allAnswered(server.awaitEnd(never()));
      same("messages that were handled:", "[]", work.begun.toString());
    }
  }

  @Test
  @Rule(value = 8, points = 1)
  void when_all_has_ended_nobody_waits_for_the_deadline(Story story) {
    explore(
        story,
        BOTH,
        "A client gets the reply to message 1, and closes. The server stops; the deadline is far"
            + " away",
        "awaitEnd returns true, and no thread is left",
        run -> {
          Server server = start(1, new TestWork());
          try (var client = new Client(server)) {
            client.send("1\n");
            same("the client received", "1\n", client.receive(2));
          }
          server.stop();
          allAnswered(server.awaitEnd(never()));
        });
  }
}

package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
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
        "A client gets the reply to message 1, and says nothing more. The server stops",
        "the connection ends, although the client is silent and the deadline never comes",
        run -> {
          Server server = start(1, new TestWork());
          try (var client = new Client(server)) {
            client.send("1\n");
            same("the client received", "1\n", client.receive(2));
            server.stop();
            same("the client received more:", "", client.receiveAll());
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
  @Rule(value = 4, points = 3)
  void a_message_that_comes_while_the_server_stops_is_answered_or_not_handled(Story story) {
    explore(
        story,
        CONNECTION,
        "A client sends message 1 while the server stops",
        "message 1 is handled and the client receives the reply, or neither",
        run -> {
          var work = new TestWork();
          Server server = start(1, work);
          try (var client = new Client(server)) {
            run.thread("client", () -> client.trySend("1\n"));
            run.thread("stop", () -> stop(server));
            run.join();
            String handled = work.begun.isEmpty() ? "" : "1\n";
            same("the client received", handled, client.receiveAll());
          }
        });
  }

  @Test
  @Rule(value = 5, points = 2)
  void a_client_that_comes_while_the_server_stops_is_closed_too(Story story) {
    explore(
        story,
        SERVER,
        "A client connects, and the server begins to stop; then the client sends message 1",
        "its connection ends with no reply, although the deadline never comes; message 1 is not"
            + " handled",
        run -> {
          var work = new TestWork();
          Server server = start(1, work);
          try (var client = new Client(server)) { // the acceptor may not have seen it yet
            server.stop();
            client.trySend("1\n");
            same("the client received", "", client.receiveAll());
            allAnswered(server.awaitEnd(never()));
            same("messages that were handled:", "[]", work.begun.toString());
          }
        });
  }

  @Test
  @Rule(value = 6, points = 2)
  void at_the_deadline_all_that_is_at_work_is_interrupted(Story story) {
    explore(
        story,
        BOTH,
        "2 clients have sent a message each, and neither message's handler ever gets done. One of"
            + " them has sent another, which waits for a handler. The server stops, and the"
            + " deadline passes",
        "both handlers are interrupted, both connections end; awaitEnd waits for one deadline, and"
            + " returns false",
        run -> {
          var work = new TestWork("1", "2");
          Server server = start(2, work);
          try (var one = new Client(server);
              var two = new Client(server)) {
            one.send("1\n");
            work.awaitBegun("1");
            two.send("2\n3\n");
            work.awaitBegun("2");
            server.stop();
            boolean all = server.awaitEnd(passes());
            same("the first client received", "", one.receiveAll());
            same("the second client received", "", two.receiveAll());
            if (!Set.copyOf(work.interrupted).equals(Set.of("1", "2"))) {
              throw new AssertionError("interrupted messages: " + work.interrupted);
            }
            if (all) {
              throw new AssertionError("awaitEnd returned true");
            }
          }
        });
  }

  @Test
  @Rule(value = 7, points = 1)
  void at_the_deadline_a_client_that_does_not_read_is_cut_off(Story story) throws Exception {
    Server server = start(1, _ -> "x".repeat(16 << 20));
    try (var client = new Client(server)) {
      story.step("A client sends message 1. The reply is 16 MiB, and the client reads just 1 byte");
      client.send("1\n");
      client.receive(1); // the handler is in the middle of its reply
      story.step("The server has begun to stop");
      server.stop();
      story.step("The deadline passes");
      story.expect("the connection is cut off, and awaitEnd returns");
      server.awaitEnd(passes());
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

  @Test
  @Rule(value = 9, points = 2)
  void two_threads_may_stop_it_at_the_same_time(Story story) {
    explore(
        story,
        SERVER,
        "A handler is busy with message 1. Two threads call stop and awaitEnd. Then the handler"
            + " gets done",
        "both return true, and not before message 1 is answered",
        run -> {
          var work = new TestWork("1");
          Server server = start(1, work);
          try (var client = new Client(server)) {
            client.send("1\n");
            work.awaitBegun("1");
            var done = new CountDownLatch(1);
            for (int n = 1; n <= 2; n++) {
              run.thread(
                  "stop " + n,
                  () -> {
                    server.stop();
                    allAnswered(server.awaitEnd(never()));
                    if (done.getCount() > 0) {
                      throw new AssertionError("awaitEnd returned while message 1 was handled");
                    }
                  });
            }
            run.thread(
                "handler's work",
                () -> {
                  done.countDown();
                  work.end("1");
                });
            run.join();
            same("the client received", "1\n", client.receiveAll());
          }
        });
  }

  private static Server start(int handlers, Work work) throws IOException {
    var server = new Server(0, handlers, work);
    server.start();
    return server;
  }

  private static void stop(Server server) throws InterruptedException {
    server.stop();
    allAnswered(server.awaitEnd(never()));
  }

  private static void explore(
      Story story, Interleavings where, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, where.arrivals(1).randomOrders(10), scenario);
  }

  /** A deadline that does not come as long as the test lasts. */
  private static Deadline never() {
    return new CountDownLatch(1)::await;
  }

  /** A deadline that passes; who waits for it again waits for ever. */
  private static Deadline passes() {
    return new Semaphore(1)::acquire;
  }

  private static void allAnswered(boolean all) {
    if (!all) {
      throw new AssertionError("awaitEnd returned false, but nothing was cut off");
    }
  }

  private static void same(String what, String expected, String seen) {
    if (!seen.equals(expected)) {
      throw new AssertionError(what + " " + shown(seen) + ", not " + shown(expected));
    }
  }

  private static String shown(String text) {
    return text.isEmpty() ? "nothing" : '"' + text.replace("\n", "\\n") + '"';
  }
}

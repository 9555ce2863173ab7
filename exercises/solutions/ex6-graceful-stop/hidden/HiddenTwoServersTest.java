package course.server;

import static course.server.Servers.notAllAnswered;
import static course.server.Servers.passes;
import static course.server.Servers.runOnce;
import static course.server.Servers.same;
import static course.server.Servers.start;
import static course.server.Servers.stop;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import org.junit.jupiter.api.Test;

/** What a server keeps for itself. */
@ExerciseTests
class HiddenTwoServersTest {
  private static final Interleavings BOTH = Interleavings.of(Server.class, Connection.class);

  @Test
  @Rule(2)
  void work_is_each_servers_own(Story story) {
    runOnce(
        story,
        BOTH,
        "2 servers whose work differs, and a client of each, which sends message 1",
        "each client receives the reply of its own server's work",
        run -> {
          Server first = start(1, message -> "one");
          Server second = start(1, message -> "two");
          try (var client = new Client(first);
              var other = new Client(second)) {
            client.send("1\n");
            same("the client of the first received", "one\n", client.receive(4));
            other.send("1\n");
            same("the client of the second received", "two\n", other.receive(4));
            stop(first);
            stop(second);
          }
        });
  }

  @Test
  @Rule(8)
  void what_was_cut_off_is_each_servers_own(Story story) {
    runOnce(
        story,
        BOTH,
        "2 servers. The first one's handler is busy with message 1, and never gets done; that"
            + " server stops, and its deadline passes. Then the second one's client gets the reply"
            + " to message 2, and that server stops, too",
        "awaitEnd of the first returns false, and that of the second true",
        run -> {
          var work = new TestWork("1");
          Server first = start(1, work);
          Server second = start(1, new TestWork());
          try (var client = new Client(first);
              var other = new Client(second)) {
            client.send("1\n");
            work.awaitBegun("1");
            first.stop();
            notAllAnswered(first.awaitEnd(passes()));
            other.trySend("2\n");
            same("the client of the second received", "2\n", other.receive(2));
            stop(second);
          }
        });
  }
}

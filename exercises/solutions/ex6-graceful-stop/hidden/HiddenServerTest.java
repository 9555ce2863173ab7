package course.server;

import static course.server.Servers.explore;
import static course.server.Servers.never;
import static course.server.Servers.notAllAnswered;
import static course.server.Servers.passes;
import static course.server.Servers.shown;
import static course.server.Servers.start;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.Set;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenServerTest {
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
            Servers.allAnswered(server.awaitEnd(never()));
          }
        });
  }

  @Test
  @Rule(9)
  void who_waits_longer_or_later_hears_too_that_something_was_cut_off(Story story) {
    explore(
        story,
        Interleavings.of(Server.class),
        "A handler is busy with message 1, and never gets done. The server has begun to stop, and"
            + " one thread waits with a deadline that never comes, another with one that passes."
            + " When both have returned, a third calls awaitEnd",
        "awaitEnd returns false three times",
        run -> {
          var work = new TestWork("1");
          Server server = start(1, work);
          try (var client = new Client(server)) {
            client.send("1\n");
            work.awaitBegun("1");
            server.stop();
            run.thread("longer", () -> notAllAnswered(server.awaitEnd(never())));
            run.thread("until the deadline", () -> notAllAnswered(server.awaitEnd(passes())));
            run.join();
            notAllAnswered(server.awaitEnd(never()));
          }
        });
  }
}

package course.server;

import static course.server.Servers.TOO_LONG;
import static course.server.Servers.allAnswered;
import static course.server.Servers.explore;
import static course.server.Servers.never;
import static course.server.Servers.notAllAnswered;
import static course.server.Servers.passes;
import static course.server.Servers.same;
import static course.server.Servers.start;
import static course.server.Servers.stop;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who waits for the end, and until when. */
@ExerciseTests
class DeadlineTest {
  private static final Interleavings SERVER = Interleavings.of(Server.class);
  private static final Interleavings BOTH = Interleavings.of(Server.class, Connection.class);

  @Test
  @Rule(value = 6, points = 2)
  void at_the_deadline_all_that_is_at_work_is_interrupted(Story story) {
    explore(
        story,
        BOTH,
        "2 clients have sent a message each, and neither message's handler ever gets done. One of"
            + " them has sent another, which waits for a handler. The server stops, and the"
            + " deadline passes",
        "both handlers are interrupted, and 1 and 2 are not answered; both connections end;"
            + " awaitEnd waits for one deadline, and returns false",
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
            String received = two.receiveAll();
            if (!"3\n".startsWith(received)) { // 3 may have got the handler of 1
              same("the second client received", "", received);
            }
            if (!Set.copyOf(work.interrupted).equals(Set.of("1", "2"))) {
              throw new AssertionError("interrupted messages: " + work.interrupted);
            }
            notAllAnswered(all);
          }
        });
  }

  @Test
  @Rule(value = 7, points = 1)
  void at_the_deadline_a_client_that_does_not_read_is_cut_off(Story story) throws Exception {
    Server server = start(1, _ -> "x".repeat(TOO_LONG));
    try (var client = new Client(server)) {
      story.step("A client sends message 1. The reply is 16 MiB, and the client reads just 1 byte");
      client.send("1\n");
      client.receive(1); // the handler is in the middle of its reply
      story.step("The server has begun to stop");
      server.stop();
      story.step("The deadline passes");
      story.expect("the connection is cut off, and awaitEnd returns false");
      boolean all = server.awaitEnd(passes());
      story.equal("awaitEnd returns", false, all);
      story.step("The client reads on");
      story.check(
          client.take(TOO_LONG) < TOO_LONG,
          "the client does not receive the whole reply, as it is cut off",
          "it received all of it");
    }
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

  @Test
  @Rule(9)
  void at_the_earlier_deadline_of_two_all_is_cut_off(Story story) {
    explore(
        story,
        SERVER,
        "A handler is busy with message 1, and never gets done. Two threads call stop and awaitEnd;"
            + " the deadline of one of them never comes, and that of the other one passes",
        "at that deadline all is cut off, and both return",
        run -> {
          var work = new TestWork("1");
          Server server = start(1, work);
          try (var client = new Client(server)) {
            client.send("1\n");
            work.awaitBegun("1");
            run.thread(
                "stop 1",
                () -> {
                  server.stop();
                  server.awaitEnd(never());
                });
            run.thread(
                "stop 2",
                () -> {
                  server.stop();
                  notAllAnswered(server.awaitEnd(passes()));
                });
            run.join();
            same("the client received", "", client.receiveAll());
          }
        });
  }

  @Test
  @Rule(9)
  void who_is_interrupted_waits_no_longer_and_leaves_no_thread(Story story) {
    explore(
        story,
        SERVER,
        "A handler is busy with message 1. Two threads call stop and awaitEnd; the first of them is"
            + " interrupted, and ends. Then the handler gets done; the deadlines never come",
        "message 1 is answered, the second returns true, and no thread is left",
        run -> {
          var work = new TestWork("1");
          Server server = start(1, work);
          try (var client = new Client(server)) {
            client.send("1\n");
            work.awaitBegun("1");
            Thread first =
                run.thread(
                    "stop 1",
                    () -> {
                      server.stop();
                      try {
                        server.awaitEnd(never());
                      } catch (Exception e) {
                        // As it says.
                      }
                    });
            run.thread("stop 2", () -> stop(server));
            first.interrupt();
            first.join();
            work.end("1");
            same("the client received", "1\n", client.receiveAll());
            run.join();
          }
        });
  }
}

package course.server;

import static course.server.Servers.allIsRead;
import static course.server.Servers.explore;
import static course.server.Servers.never;
import static course.server.Servers.notAllAnswered;
import static course.server.Servers.passes;
import static course.server.Servers.start;
import static course.server.Servers.timeToRead;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenServerTest {
  @Test
  @Rule(6)
  void at_the_deadline_a_message_that_waits_for_a_handler_holds_up_nobody(Story story) {
    explore(
        story,
        Interleavings.of(Server.class, Connection.class),
        "The one handler is busy with message 1, which replies when it is interrupted. Message 2"
            + " waits for the handler, and would wait for an interrupt as well. The server stops,"
            + " and the deadline passes",
        "awaitEnd returns false",
        run -> {
          var begun = new CountDownLatch(1);
          Server server = start(1, message -> worksUntilInterrupted(message, begun));
          try (var one = new Client(server);
              var two = new Client(server)) {
            one.send("1\n");
            begun.await();
            two.send("2\n");
            allIsRead();
            server.stop();
            notAllAnswered(server.awaitEnd(passes()));
          }
        });
  }

  private static String worksUntilInterrupted(String message, CountDownLatch begun)
      throws InterruptedException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      if (message.equals("2")) {
        throw e;
      }
    }
    return message;
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

  @Test
  @Rule(2)
  void whoever_stops_it_what_is_in_flight_is_answered(Story story) throws Exception {
    var work = new TestWork("1");
    Server server = start(1, work);
    try (var client = new Client(server)) {
      story.step("A handler is busy with message 1. A thread \"shutdown\" stops the server");
      client.send("1\n");
      work.awaitBegun("1");
      var begun = new CountDownLatch(1);
      Future<Boolean> all = shutdown(server, begun, never());
      begun.await();
      story.step("The handler gets done");
      work.end("1");
      story.equal("the client receives", "1\n", client.receiveAll());
      story.equal("awaitEnd returns", true, all.get());
    }
  }

  @Test
  @Rule(2)
  void whose_message_waited_for_a_handler_is_read_on(Story story) throws Exception {
    boolean decided = false;
    for (int tries = 1; !decided && tries <= 5; tries++) {
      decided = readsOnBehindAMessageThatWaited(story);
    }
  }

  /** Returns false if message 2 was not read before the server stopped, which is right as well. */
  private static boolean readsOnBehindAMessageThatWaited(Story story) throws Exception {
    var atWork = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var beginsOrEnds = new CountDownLatch(1);
    var mayReply = new CountDownLatch(1);
    var handled = new CopyOnWriteArrayList<String>();
    Server server =
        start(
            1,
            message -> {
              handled.add(message);
              boolean first = message.equals("1");
              (first ? atWork : beginsOrEnds).countDown();
              (first ? mayEnd : mayReply).await();
              return message;
            });
    try (var one = new Client(server);
        var two = new Client(server)) {
      two.hasLittleRoom();
      story.begin(
          "The one handler is busy with message 1, and message 2 of another client waits for it."
              + " The server has begun to stop");
      one.send("1\n");
      atWork.await();
      two.send("2\n");
      timeToRead();
      var stopped = new CountDownLatch(1);
      Future<Boolean> all = shutdown(server, stopped, never());
      stopped.await();
      story.step("The handler gets done with message 1, and begins with 2");
      mayEnd.countDown();
      Callable<Void> waits =
          () -> {
            all.get();
            beginsOrEnds.countDown();
            return null;
          };
      Thread.ofVirtual().name("waits for the end").start(new FutureTask<>(waits));
      beginsOrEnds.await();
      if (!handled.contains("2")) {
        return false;
      }
      story.step("Its client sends 2 MiB more");
      story.expect("all of it is read, or the client would wait in its write");
      two.send(("3".repeat(8_191) + "\n").repeat(256));
      story.step("Then the handler gets done");
      mayReply.countDown();
      story.equal("the client receives", "2\n", two.receiveAll());
      story.equal("awaitEnd returns", true, all.get());
      return true;
    }
  }

  @Test
  @Rule(6)
  void whoever_waits_what_is_at_work_at_the_deadline_is_interrupted(Story story) throws Exception {
    var work = new TestWork("1");
    Server server = start(1, work);
    try (var client = new Client(server)) {
      story.step(
          "A handler is busy with message 1, and never gets done. A thread \"shutdown\" stops"
              + " the server; the deadline passes");
      client.send("1\n");
      work.awaitBegun("1");
      Future<Boolean> all = shutdown(server, new CountDownLatch(1), passes());
      story.equal("the client receives", "", client.receiveAll());
      story.equal("awaitEnd returns", false, all.get());
      story.equal("messages that were interrupted:", List.of("1"), work.interrupted);
    }
  }

  @Test
  @Rule(9)
  void whoever_stops_it_two_may_do_so(Story story) throws Exception {
    var work = new TestWork("1");
    Server server = start(1, work);
    try (var client = new Client(server)) {
      story.step("A handler is busy with message 1. Two threads \"shutdown\" stop the server");
      client.send("1\n");
      work.awaitBegun("1");
      var begun = new CountDownLatch(2);
      Future<Boolean> one = shutdown(server, begun, never());
      Future<Boolean> two = shutdown(server, begun, never());
      begun.await();
      story.step("The handler gets done");
      work.end("1");
      story.equal("the client receives", "1\n", client.receiveAll());
      story.equal("awaitEnd of the first returns", true, one.get());
      story.equal("awaitEnd of the second returns", true, two.get());
    }
  }

  /** Stops a server as Main does, in a thread of that name; returns what awaitEnd returns. */
  private static Future<Boolean> shutdown(Server server, CountDownLatch begun, Deadline deadline) {
    var task =
        new FutureTask<>(() -> {
          try {
            server.stop();
          } finally {
            begun.countDown();
          }
          return server.awaitEnd(deadline);
        });
    Thread.ofPlatform().daemon().name("shutdown").start(task);
    return task;
  }
}

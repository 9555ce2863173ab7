package course.server;

import static course.server.Fate.FREE_HANDLER;
import static course.server.Fate.NEW_HANDLER;
import static course.server.Fate.REFUSED;
import static course.server.Fate.WAITS;

import course.interleave.Interleavings;
import course.interleave.Run;
import course.testkit.ExerciseTests;
import course.testkit.Failures;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lesson 4's pool when it has grown to its maximum, which is more than its minimum. */
@ExerciseTests
class HiddenHandlersTest {
  private static final Duration LONG = Duration.ofHours(1); // longer than any test

  /** One order of steps, in which minutes cost nothing. */
  private static final Interleavings BY_OWN_CLOCK =
      Interleavings.of(Handlers.class).threadsMayRemain().replay("");

  @Test
  @Rule(4)
  void lesson_4_the_message_that_waits_longest_is_next(Story story) {
    try (var server = grown(story)) {
      waits(server, 3);
      waits(server, 4);
      String longest = "message 3 is handled next, as it has waited longer than message 4";
      server.end(2);
      story.expect(longest);
      story.check(server.awaitAny(3, 4) == 3, longest, "message 4 is handled next");
      server.end(1);
      server.awaitHandled(4);
    }
  }

  @Test
  @Rule(4)
  void lesson_3_no_message_loses_its_place_by_waiting_for_long(Story story) {
    for (int seconds : new int[] {1, 2, 3, 5, 10, 30, 60}) {
      for (int millis : new int[] {50, 113}) { // soon after message 2, or 3, has waited so long
        var busy = Duration.ofMillis(1_000 * seconds + millis);
        story.explore(
            "The one handler is busy for %d.%03d s; message 2 comes at once, message 3 after 0.1 s,"
                    .formatted(busy.toSeconds(), busy.toMillisPart())
                + " and message 4 after 0.237 s",
            "message 2 is handled next, then message 3 and then message 4",
            BY_OWN_CLOCK,
            run -> comeOneByOne(busy, run));
      }
    }
  }

  private static void comeOneByOne(Duration busy, Run run) throws InterruptedException {
    ExecutorService handlers = Handlers.fixed(1, Thread.ofVirtual().factory());
    var begun = new LinkedBlockingQueue<Integer>();
    handlers.execute(() -> works(busy));
    run.thread("connection 2", () -> handlers.execute(() -> begun.add(2)));
    Thread.sleep(100);
    run.thread("connection 3", () -> handlers.execute(() -> begun.add(3)));
    Thread.sleep(137);
    run.thread("connection 4", () -> handlers.execute(() -> begun.add(4)));
    for (int next = 2; next <= 4; next++) {
      int number = begun.take();
      if (number != next) {
        throw new AssertionError("message " + number + " is handled before message " + next);
      }
    }
  }

  @Test
  @Rule(4)
  void no_line_is_that_of_another_pool_as_well(Story story) {
    story.explore(
        "Two pools of one handler each, which are busy; a message waits for either of them. Then"
            + " the handler of the second pool gets free",
        "it handles the message that waits for it, though the other pool's still waits",
        BY_OWN_CLOCK,
        run -> {
          ExecutorService first = Handlers.fixed(1, Thread.ofVirtual().factory());
          ExecutorService second = Handlers.fixed(1, Thread.ofVirtual().factory());
          var handled = new CountDownLatch(1);
          first.execute(() -> works(LONG));
          second.execute(() -> works(Duration.ofSeconds(1)));
          run.thread("connection 1", () -> first.execute(() -> {}));
          run.thread("connection 2", () -> second.execute(handled::countDown));
          long begin = System.nanoTime();
          handled.await();
          if (System.nanoTime() - begin > Duration.ofSeconds(1).toNanos()) {
            throw new AssertionError("it waits until the handler of the first pool is free");
          }
        });
  }

  @Test
  @Rule(4)
  void who_gives_up_leaves_the_line_as_it_was(Story story) throws InterruptedException {
    for (int givesUp = 2; givesUp <= 5; givesUp++) {
      story.begin("A server begins");
      try (var server = one(story)) {
        theOthersKeepTheirPlaces(givesUp, server, story);
      }
      story.begin("A server begins");
      try (var server = onlyOne(story)) {
        theOthersKeepTheirPlaces(givesUp, server, story);
      }
    }
  }

  private static void theOthersKeepTheirPlaces(int givesUp, TestServer server, Story story)
      throws InterruptedException {
    isHandled(server, 1);
    for (int number = 2; number <= 5; number++) {
      waits(server, number);
    }
    server.interrupt(givesUp);
    waits(server, 6);
    server.end(1);
    var line = new ArrayList<>(List.of(2, 3, 4, 5, 6));
    line.remove(Integer.valueOf(givesUp));
    while (!line.isEmpty()) {
      int first = line.getFirst();
      String longest = "message %d is handled next, as it has waited longest".formatted(first);
      story.expect(longest);
      int next = server.awaitAny(line.stream().mapToInt(number -> number).toArray());
      story.check(next == first, longest, "message " + next + " is handled next");
      server.end(first);
      line.removeFirst();
    }
  }

  @Test
  @Rule(5)
  void lesson_4_an_interrupt_ends_the_wait(Story story) throws InterruptedException {
    try (var server = grown(story)) {
      waits(server, 3);
      server.interrupt(3);
      waits(server, 4);
      server.end(1);
      server.awaitAny(3, 4);
      server.wasNeverHandled(3);
      server.awaitHandled(4);
    }
  }

  @Test
  @Rule(6)
  void lesson_4_after_shutdown_a_message_is_refused(Story story) {
    try (var server = grown(story)) {
      server.shutdown();
      refuses(server, 3);
      server.end(1);
      refuses(server, 4);
      server.end(2);
      refuses(server, 5);
    }
  }

  @Test
  @Rule(3)
  void lesson_3_a_message_that_fails_keeps_no_handler_busy(Story story) {
    for (RuntimeException failure : Failures.unchecked()) {
      story.begin("A server begins");
      try (var server = one(story)) {
        isHandled(server, 1);
        server.failsAtItsEnd(1, failure);
        server.end(1);
        isHandled(server, 2);
        waits(server, 3);
        server.failsAtItsEnd(2, failure);
        server.end(2);
        server.awaitHandled(3);
        waits(server, 4);
      }
    }
  }

  @Test
  @Rule(3)
  void no_pool_takes_a_message_from_another(Story story) {
    try (var one = one(story);
        var other = one(story)) {
      isHandled(other, 1);
      other.end(1);
      other.awaitHandled(1);
      isHandled(one, 1);
      waits(one, 2);
    }
  }

  @Test
  @Rule(9)
  void lesson_4_a_message_that_fails_keeps_no_handler_busy(Story story) {
    for (RuntimeException failure : Failures.unchecked()) {
      story.begin("A server begins");
      try (var server = grown(story)) {
        waits(server, 3);
        server.failsAtItsEnd(1, failure);
        server.end(1);
        server.awaitHandled(3);
        server.failsAtItsEnd(2, failure);
        server.failsAtItsEnd(3, failure);
        server.end(2);
        server.end(3);
        isHandled(server, 4);
        isHandled(server, 5);
        waits(server, 6);
      }
    }
  }

  @Test
  @Rule(9)
  void lesson_4_there_are_no_more_handlers_after_a_long_wait(Story story) {
    story.explore(
        "Both handlers, which are the maximum, are busy for a minute; meanwhile message 3 comes",
        "message 3 waits until one of them is free",
        BY_OWN_CLOCK,
        run -> {
          var made = new AtomicInteger();
          ExecutorService handlers = Handlers.growing(1, 2, LONG, HiddenOrdersTest.counting(made));
          var handled = new CountDownLatch(1);
          handlers.execute(() -> works(Duration.ofMinutes(1)));
          handlers.execute(() -> works(Duration.ofMinutes(1)));
          run.thread("connection", () -> handlers.execute(handled::countDown));
          handled.await();
          if (made.get() > 2) {
            throw new AssertionError(made + " handlers were started");
          }
        });
  }

  private static void works(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TestServer one(Story story) {
    return new TestServer(
        story, "Handlers.fixed(1, threads)", threads -> Handlers.fixed(1, threads));
  }

  private static TestServer onlyOne(Story story) {
    return new TestServer(
        story,
        "Handlers.growing(minimum 1, maximum 1, idle 1 h, threads)",
        threads -> Handlers.growing(1, 1, LONG, threads));
  }

  private static TestServer grown(Story story) {
    var server =
        new TestServer(
            story,
            "Handlers.growing(minimum 1, maximum 2, idle 1 h, threads)",
            threads -> Handlers.growing(1, 2, LONG, threads));
    isHandled(server, 1);
    server.handOff(2, "a handler is started, and has message 2", List.of(NEW_HANDLER));
    return server;
  }

  private static void isHandled(TestServer server, int number) {
    server.handOff(number, "a handler has message " + number, List.of(NEW_HANDLER, FREE_HANDLER));
  }

  private static void waits(TestServer server, int number) {
    server.handOff(
        number,
        "execute waits until a handler is free, so that the connection reads nothing more",
        List.of(WAITS));
  }

  private static void refuses(TestServer server, int number) {
    server.handOff(number, "execute throws a RejectedExecutionException", List.of(REFUSED));
  }
}

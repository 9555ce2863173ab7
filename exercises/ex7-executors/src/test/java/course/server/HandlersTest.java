package course.server;

import static course.server.Fate.FREE_HANDLER;
import static course.server.Fate.NEW_HANDLER;
import static course.server.Fate.QUEUED;
import static course.server.Fate.REFUSED;
import static course.server.Fate.WAITS;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HandlersTest {
  private static final Duration LONG = Duration.ofHours(1); // longer than any test

  /** How often two messages wait: who tries again and again may be the first by chance. */
  private static final int MAX_ROUNDS = 40;

  /** After that long no further round begins. */
  private static final Duration ENOUGH = Duration.ofMillis(1_500);

  @Test
  @Rule(value = 1, points = 1)
  void lesson_2_all_messages_are_handled_at_once(Story story) {
    try (var server = perMessage(story)) {
      isHandled(server, 1, 8);
      server.handOffMany(9, 120, "each of them gets a new handler", List.of(NEW_HANDLER));
    }
  }

  @Test
  @Rule(value = 2, points = 1)
  void lesson_2_a_handler_ends_with_its_message(Story story) {
    try (var server = perMessage(story)) {
      if (server.executor() instanceof ThreadPoolExecutor pool) {
        String kept = pool.getKeepAliveTime(TimeUnit.MICROSECONDS) + " µs";
        story.check(
            kept.equals("0 µs"),
            "no handler is kept after its message",
            "each is kept for " + kept);
      }
      isHandled(server, 1, 1);
      server.end(1);
      server.handOff(2, "message 2 gets a handler of its own, a new one", List.of(NEW_HANDLER));
      server.end(2);
      story.expect("both handlers end");
      server.awaitEnded(2);
    }
  }

  @Test
  @Rule(value = 3, points = 3)
  void lesson_3_a_message_waits_while_all_handlers_are_busy(Story story) {
    try (var server = fixed(3, story)) {
      isHandled(server, 1, 3);
      waits(server, 4);
      server.awaitTimeLimit(4);
      server.end(2);
      server.awaitHandled(4);
      waits(server, 5);
      server.end(4);
      server.awaitHandled(5);
    }
  }

  @Test
  @Rule(value = 4, points = 1)
  void lesson_3_the_message_that_waits_longest_is_next(Story story) {
    for (Supplier<TestServer> pool : oneHandler(story)) {
      long begin = System.nanoTime();
      for (int n = 0; n < MAX_ROUNDS && System.nanoTime() - begin < ENOUGH.toNanos(); n++) {
        story.begin("A server begins");
        try (var server = pool.get()) {
          waitsLongestIsNext(server, story);
        }
      }
    }
  }

  private static void waitsLongestIsNext(TestServer server, Story story) {
    isHandled(server, 1, 1);
    server.handOff(2, "message 2 waits", List.of(WAITS, QUEUED));
    // Whoever tries again and again loses its place each time, so the next one comes in between.
    server.awaitTimeLimit(2);
    long next = System.nanoTime() + server.awaitTimeLimit(2) / 2;
    while (System.nanoTime() < next) {
      Thread.onSpinWait();
    }
    server.handOff(3, "message 3 waits", List.of(WAITS, QUEUED));
    server.awaitTimeLimit(2);
    server.end(1);
    story.expect("message 2 is handled next, as it has waited longer than message 3");
    story.check(
        server.awaitAny(2, 3) == 2,
        "message 2 is handled next, as it has waited longer than message 3",
        "message 3 is handled next: with new ones coming all the time, message 2 waits for ever");
    server.end(2);
    server.awaitHandled(3);
  }

  @Test
  @Rule(value = 5, points = 2)
  void lesson_3_an_interrupt_ends_the_wait(Story story) throws InterruptedException {
    for (Supplier<TestServer> pool : oneHandler(story)) {
      try (var server = pool.get()) {
        isHandled(server, 1, 1);
        waits(server, 2);
        waits(server, 3);
        server.interrupt(3);
        server.interrupt(2);
        waits(server, 4);
        server.end(1);
        server.awaitAny(2, 3, 4);
        server.wasNeverHandled(2, 3);
        server.awaitHandled(4);
      }
    }
  }

  @Test
  @Rule(value = 6, points = 2)
  void lesson_3_after_shutdown_a_message_is_refused(Story story) {
    for (Supplier<TestServer> pool : oneHandler(story)) {
      try (var server = pool.get()) {
        isHandled(server, 1, 1);
        server.shutdown();
        refuses(server, 2, 3);
      }
      try (var server = pool.get()) {
        isHandled(server, 1, 1);
        server.end(1);
        server.shutdown();
        refuses(server, 2, 2);
      }
    }
  }

  @Test
  @Rule(value = 7, points = 3)
  void lesson_4_the_pool_grows_when_all_handlers_are_busy(Story story) {
    try (var server = growing(3, 5, LONG, story)) {
      isHandled(server, 1, 3);
      grows(server, 4, 5);
    }
    try (var server = growing(1, 4, LONG, story)) {
      isHandled(server, 1, 1);
      grows(server, 2, 4);
    }
  }

  @Test
  @Rule(value = 8, points = 2)
  void lesson_4_the_pool_does_not_grow_while_a_handler_is_free(Story story) {
    try (var server = growing(3, 5, LONG, story)) {
      isHandled(server, 1, 3);
      server.end(1);
      free(server, 4, 4);
      server.end(4);
      server.end(2);
      free(server, 5, 6);
    }
  }

  @Test
  @Rule(value = 9, points = 2)
  void lesson_4_at_the_maximum_a_message_waits(Story story) {
    try (var server = growing(1, 2, LONG, story)) {
      isHandled(server, 1, 1);
      grows(server, 2, 2);
      waits(server, 3);
      server.end(1);
      server.awaitHandled(3);
      waits(server, 4);
      server.end(2);
      server.awaitHandled(4);
    }
  }

  @Test
  @Rule(value = 10, points = 2)
  void lesson_4_idle_handlers_end_until_the_minimum_is_left(Story story) {
    try (var server = growing(1, 3, Duration.ofMillis(1), story)) {
      isHandled(server, 1, 1);
      grows(server, 2, 3);
      server.end(1);
      server.end(2);
      server.end(3);
      story.expect("2 of 3 handlers end, as they have been idle for 1 ms, and 1 stays");
      server.awaitEnded(2);
      free(server, 4, 4);
      grows(server, 5, 6);
      waits(server, 7);
    }
    try (var server = growing(1, 3, LONG, story)) {
      isHandled(server, 1, 1);
      grows(server, 2, 3);
      server.end(2);
      server.end(3);
      free(server, 4, 5); // both are there: they have not been idle for an hour
    }
    for (int idle : new int[] {1, 300, 1_500, 5_000_000}) {
      try (var server = growing(1, 3, Duration.ofMillis(idle), story)) {
        if (server.executor() instanceof ThreadPoolExecutor pool) {
          Duration time = Duration.ofNanos(pool.getKeepAliveTime(TimeUnit.NANOSECONDS));
          story.check(
              time.toMillis() == idle,
              "a handler ends when it has been idle for %,d ms".formatted(idle),
              "it ends after %,d ms, as getKeepAliveTime says".formatted(time.toMillis()));
        }
      }
    }
  }

  @Test
  @Rule(value = 11, points = 1)
  void all_three_are_executors_of_the_jdk_s_own(Story story) throws Exception {
    for (TestServer made :
        List.of(perMessage(story), fixed(3, story), growing(3, 8, LONG, story))) {
      try (var server = made) {
        Class<?> type = server.executor().getClass();
        story.check(
            type.getModule().equals(Object.class.getModule()),
            "its class is one of the JDK's, such as ThreadPoolExecutor",
            "its class is " + type.getName().replaceFirst(".*[.]", "") + ", which is yours");
      }
    }
    for (Class<?> type : OwnClasses.all()) {
      boolean part = Executor.class.isAssignableFrom(type) || Queue.class.isAssignableFrom(type);
      story.check(
          !part,
          "executors and queues are the JDK's, hidden ones too",
          "your class %s is one".formatted(type.getName().replaceFirst(".*[.]", "")));
    }
  }

  private static TestServer perMessage(Story story) {
    return new TestServer(story, "Handlers.perMessage(threads)", Handlers::perMessage);
  }

  private static TestServer fixed(int size, Story story) {
    return new TestServer(
        story, "Handlers.fixed(" + size + ", threads)", threads -> Handlers.fixed(size, threads));
  }

  private static TestServer growing(int minimum, int maximum, Duration idle, Story story) {
    String time = idle.equals(LONG) ? "1 h" : idle.toMillis() + " ms";
    return new TestServer(
        story,
        "Handlers.growing(minimum %d, maximum %d, idle %s, threads)"
            .formatted(minimum, maximum, time),
        threads -> Handlers.growing(minimum, maximum, idle, threads));
  }

  /** Lesson 3's pool, and lesson 4's at its maximum: they must behave alike. */
  private static List<Supplier<TestServer>> oneHandler(Story story) {
    return List.of(() -> fixed(1, story), () -> growing(1, 1, LONG, story));
  }

  private static void isHandled(TestServer server, int first, int last) {
    for (int number = first; number <= last; number++) {
      server.handOff(number, "a handler has message " + number, List.of(NEW_HANDLER, FREE_HANDLER));
    }
  }

  private static void grows(TestServer server, int first, int last) {
    for (int number = first; number <= last; number++) {
      server.handOff(
          number, "a handler is started, and has message " + number, List.of(NEW_HANDLER));
    }
  }

  private static void free(TestServer server, int first, int last) {
    for (int number = first; number <= last; number++) {
      server.handOff(
          number, "a handler that is free takes message " + number, List.of(FREE_HANDLER));
    }
  }

  private static void refuses(TestServer server, int first, int last) {
    for (int number = first; number <= last; number++) {
      server.handOff(number, "execute throws a RejectedExecutionException", List.of(REFUSED));
    }
  }

  private static void waits(TestServer server, int number) {
    server.handOff(
        number,
        "execute waits until a handler is free, so that the connection reads nothing more",
        List.of(WAITS));
  }
}

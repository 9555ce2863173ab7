package course.server;

import static course.server.HandOffs.accepted;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.fails;
import static course.server.HandOffs.refused;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import org.junit.jupiter.api.Test;

/** What a message that fails leaves behind: nothing. */
@ExerciseTests
class FailingTest {
  @Test
  @Rule(value = 7, points = 1)
  void a_message_that_fails_costs_no_handler(Story story) {
    exploreOpen(
        story,
        "1 handler, a queue of 1. Messages 1 and 2 throw exceptions. Then message 3 is handed off;"
            + " while it is handled, messages 4 and 5",
        "message 3 is handled, 4 waits, and 5 is refused: those that failed take no room any more,"
            + " and make none",
        run -> {
          var pool = new HandlerPool(1, 1);
          fails(pool, "message 1", new IllegalArgumentException("message 1 can't be handled"));
          fails(pool, "message 2", new IllegalStateException("message 2 can't be handled"));
          var third = Message.slow();
          accepted("message 3", pool.handOff(third));
          third.begun.await();
          accepted("message 4", pool.handOff(Message.quick()));
          refused("message 5", pool, "3 is handled, and 4 waits");
          third.end();
        });
  }
}

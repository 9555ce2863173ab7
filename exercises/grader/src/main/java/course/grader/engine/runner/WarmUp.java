package course.grader.engine.runner;

import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Story;
import org.junit.jupiter.api.Test;

/** Loads all that a test needs, before there is one to run. */
@ExerciseTests
public class WarmUp {
  @Test
  void runs(Story story) {
    story.explore(
        "two threads count",
        "both count",
        Interleavings.of(Counter.class).randomOrders(2),
        run -> {
          var counter = new Counter();
          run.thread("one", counter::count);
          run.thread("two", counter::count);
          run.join();
          if (counter.count != 2) {
            throw new AssertionError("not both were counted");
          }
        });
  }

  /** What is explored. */
  static final class Counter {
    private int count; // guarded by this

    synchronized void count() {
      count++;
    }
  }
}

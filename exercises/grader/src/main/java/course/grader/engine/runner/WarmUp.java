package course.grader.engine.runner;

import course.testkit.ExerciseTests;
import course.testkit.Story;
import org.junit.jupiter.api.Test;

/** Loads all that a test needs, before there is one to run. */
@ExerciseTests
public class WarmUp {
  @Test
  void runs(Story story) {
    story.equal("nothing", 1, 1);
  }
}

package course.grader.prove;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import course.grader.engine.Engine;
import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What check-exercises proves, for each exercise. */
class ExercisesIT {
  private static final Path COURSE = Path.of("../..");

  private Engine engine;

  @BeforeEach
  void start() throws IOException {
    engine = Proof.engine();
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
  }

  @TestFactory
  Stream<DynamicTest> each_exercise_is_proven() throws IOException {
    // A student's clone has exercises, and a solution in the making, but none of ours.
    assumeTrue(Files.exists(COURSE.resolve("exercises/solutions")), "there are no solutions here");
    return Exercise.all(COURSE).stream()
        .map(exercise -> dynamicTest(exercise.name(), () -> prove(exercise, engine)));
  }

  private static void prove(Exercise exercise, Engine engine) throws Exception {
    List<String> faults = new Proof(exercise, engine, false).faults(1, 0);
    if (!faults.isEmpty()) {
      fail(String.join("\n", faults));
    }
  }
}

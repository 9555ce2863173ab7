package course.grader.prove;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import course.grader.model.Exercise;
import course.grader.prove.Proof.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What check-exercises proves, of all exercises at once: the cores have work to the end. That a
 * wrong version which is fitted to the visible tests passes these is left to check-exercises.
 */
class ExercisesIT {
  private static final Path COURSE = Path.of("../..");

  private final ExecutorService proofs = Executors.newVirtualThreadPerTaskExecutor();
  private Verdicts verdicts;

  @BeforeEach
  void start() throws IOException {
    verdicts = new Verdicts();
  }

  @AfterEach
  void close() throws IOException {
    proofs.shutdownNow();
    verdicts.close();
  }

  @TestFactory
  Stream<DynamicTest> each_exercise_is_proven() throws IOException {
    // A student's clone has exercises, and a solution in the making, but none of ours.
    assumeTrue(Files.exists(COURSE.resolve("exercises/solutions")), "there are no solutions here");
    var tests = new ArrayList<DynamicTest>();
    for (Exercise exercise : Exercise.all(COURSE)) {
      Future<List<String>> faults =
          proofs.submit(() -> new Proof(exercise, verdicts, Depth.NAMED).faults(1, 0));
      tests.add(dynamicTest(exercise.name(), () -> hasNone(faults)));
    }
    return tests.stream();
  }

  private static void hasNone(Future<List<String>> proof) throws Exception {
    List<String> faults = proof.get();
    if (!faults.isEmpty()) {
      fail(String.join("\n", faults));
    }
  }
}

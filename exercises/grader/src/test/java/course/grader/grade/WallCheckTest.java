package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.engine.LocalRunners;
import course.grader.grade.results.Results;
import course.grader.grade.results.ResultsOptions;
import course.grader.grade.sandbox.Sandbox;
import course.grader.model.Exercise;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox that does not keep what it promises grades nobody. */
@Timeout(value = 300) // bounds a hang
class WallCheckTest {
  private static final Path COURSE = Path.of("../..");

  @TempDir Path temporary;

  @Test
  void nothing_is_graded_if_the_sandbox_has_a_hole() throws Exception {
    assumeTrue(Files.exists(COURSE.resolve("exercises/solutions")), "there are no solutions here");
    Exercise exercise =
        Exercise.all(COURSE).stream().filter(e -> e.isCalled("2")).findFirst().orElseThrow();
    var open =
        new Sandbox(
            "no walls at all",
            Optional.of("process"),
            List.of("none"),
            () -> LocalRunners.ofRunners(LocalRunners.OUR_RIGHTS),
            () -> LocalRunners.ofCompilers(LocalRunners.OUR_RIGHTS));
    var graded = new GradedExercise(exercise);
    try (var run =
        new ClassRun(
            graded,
            () -> open,
            Results.open(temporary, exercise, new ResultsOptions(Optional.empty(), false)),
            new Selection(Set.of(), false, false),
            new PrintWriter(Writer.nullWriter()))) {
      assertThatThrownBy(run::checkWalls)
          .hasMessageStartingWith("a wall is down, so nothing is graded: the sandbox: ")
          .hasMessageContaining("files of this machine can be read");
    }
  }
}

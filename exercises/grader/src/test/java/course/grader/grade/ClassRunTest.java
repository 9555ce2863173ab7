package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.CourseCopy;
import course.grader.engine.RunnerSource;
import course.grader.grade.intake.Source;
import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.grade.results.Results;
import course.grader.grade.results.ResultsOptions;
import course.grader.grade.sandbox.Sandbox;
import course.grader.model.Exercise;
import course.grader.model.KnownFailures;
import course.grader.model.Outcome;
import course.grader.model.Solutions;
import course.grader.model.TestResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class that is graded once more, in a sandbox that can run nothing. */
class ClassRunTest {
  private static final Callable<RunnerSource> NONE =
      () -> {
        throw new AssertionError("nothing needs to run");
      };
  private static final Sandbox SANDBOX =
      new Sandbox("version", Optional.empty(), List.of(), NONE, NONE);

  @TempDir Path course;

  /** Also where a pseudonym stands for what is a name, and a word of what a test sees. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_kept_mark_is_of_the_mistakes_that_are_known_today(boolean anonymous) throws Exception {
    Exercise exercise = Exercise.read(CourseCopy.makeWithSolutions(course));
    var options = new ResultsOptions(Optional.empty(), anonymous);
    Results results = Results.open(course.resolve("out"), exercise, options);
    var handIn =
        new HandIn(
            "Will",
            exercise.submission(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    String seen = "it will never end";
    TestResult failed = TestResult.of(exercise.tests().getFirst(), Outcome.FAILED, seen);
    var graded = new GradedExercise(exercise);
    String key = Version.of(graded, SANDBOX.version()).key(handIn.files());
    results.put(
        new Mark(handIn, State.GRADED, "", List.of(failed), List.of(), List.of("old-name"), ""),
        key,
        List.of());
    String label = failed.test().label();
    new KnownFailures(
            Map.of("new-name", Map.of(label, seen), "other", Map.of(label, "something else")))
        .write(new Solutions(exercise));
    try (var run =
        new ClassRun(
            graded,
            () -> SANDBOX,
            results,
            new Selection(Set.of(), false, false),
            new PrintWriter(Writer.nullWriter()))) {
      run.grade(List.of(new Given(handIn)), false);
    }
    assertThat(results.last("Will").orElseThrow().knownMistakes()).containsExactly("new-name");
  }

  private record Given(HandIn handIn) implements Source {
    @Override
    public String student() {
      return handIn.student();
    }

    @Override
    public HandIn files() throws IOException {
      return handIn;
    }
  }
}

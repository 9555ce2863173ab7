package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.engine.RunnerProcess;
import course.grader.engine.RunnerSource;
import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.grade.sandbox.Sandbox;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a mark when the machine fails. */
@Timeout(120) // bounds a hang
class GradingTest {
  private static final Path COURSE = Path.of("../..");

  @BeforeEach
  void findSolutions() {
    assumeTrue(Files.exists(COURSE.resolve("exercises/solutions")), "there are no solutions here");
  }

  @Test
  void a_jvm_that_does_not_start_is_tried_again() throws Exception {
    Mark mark = mark(1);
    assertThat(mark.state()).isEqualTo(State.GRADED);
    assertThat(mark.brokenRules()).isEmpty();
  }

  /** Though the next one starts, and all goes well with the reference solution. */
  @Test
  void no_student_gets_a_mark_for_jvms_that_do_not_start() throws Exception {
    Mark mark = mark(2);
    assertThat(mark.state()).isEqualTo(State.GRADER_ERROR);
    assertThat(mark.why()).isEqualTo("a JVM for the tests did not start: it does not call");
  }

  /** Marks a right solution. */
  private static Mark mark(int jvmsThatDoNotStart) throws Exception {
    Exercise exercise =
        Exercise.all(COURSE).stream().filter(e -> e.isCalled("1")).findFirst().orElseThrow();
    var handIn =
        new HandIn(
            "Ann",
            Submission.of(new Solutions(exercise).reference()),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    Sandbox real = Sandbox.processes();
    var sandbox =
        new Sandbox(
            real.version(),
            Optional.empty(),
            real.walls(),
            () -> new Failing(real.runners().call(), jvmsThatDoNotStart),
            real.compilers());
    try (var graded = new GradedExercise(exercise);
        var grading = new Grading(graded, sandbox, 1)) {
      return grading.mark(handIn);
    }
  }

  /** Starts JVMs, of which the first ones do not call. */
  private record Failing(RunnerSource real, AtomicInteger left) implements RunnerSource {
    Failing(RunnerSource real, int count) {
      this(real, new AtomicInteger(count));
    }

    @Override
    public RunnerProcess start() throws IOException {
      if (left.getAndDecrement() > 0) {
        throw new IOException("it does not call");
      }
      return real.start();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}

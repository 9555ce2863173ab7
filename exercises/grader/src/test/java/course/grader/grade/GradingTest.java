package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.engine.RunnerProcess;
import course.grader.engine.RunnerSource;
import course.grader.engine.Scripted;
import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.grade.sandbox.Sandbox;
import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.Solutions;
import course.grader.model.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a mark when the machine fails. */
@Timeout(120) // bounds a hang
class GradingTest {
  private static final Path COURSE = Path.of("../..");

  private static final List<String> BEGINS = List.of("begins");
  private static final List<String> FOLDER = List.of("a folder"); // where it keeps class files

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

  /** The machine may have ended it, for lack of memory. */
  @Test
  void a_jvm_that_ends_during_a_test_gets_a_second_chance_alone() throws Exception {
    Exercise exercise = exercise();
    int tests = exercise.tests().size();
    Mark mark =
        mark(
            exercise,
            Scripted.says(List.of(FOLDER, FOLDER, BEGINS)),
            all(tests - 1, Outcome.FAILED),
            all(1, Outcome.FAILED),
            all(hidden(exercise), Outcome.FAILED));
    assertThat(mark.why()).isEmpty();
    assertThat(mark.state()).isEqualTo(State.GRADED);
    assertThat(mark.brokenRules()).isEmpty();
  }

  @Test
  void who_passes_what_nothing_can_pass_gets_no_mark() throws Exception {
    Exercise exercise = exercise();
    assertBrokenThrough(mark(exercise, all(exercise.tests().size(), Outcome.PASSED)));
  }

  /** In the run of the hidden tests, too: no test of the visible ones need tell. */
  @Test
  void nor_does_who_passes_it_beside_the_hidden_tests() throws Exception {
    Exercise exercise = exercise();
    assertBrokenThrough(
        mark(
            exercise,
            all(exercise.tests().size(), Outcome.FAILED),
            all(hidden(exercise), Outcome.PASSED)));
  }

  private static void assertBrokenThrough(Mark mark) {
    assertThat(mark.state()).isEqualTo(State.GRADER_ERROR);
    assertThat(mark.why()).contains("broken through the walls");
  }

  @Test
  void a_fault_of_ours_costs_this_mark_and_no_more() throws Exception {
    Sandbox real = Sandbox.processes();
    Mark mark =
        mark(
            exercise(),
            real.runners(),
            () -> new Failing(real.compilers().call(), new IllegalStateException("oops"), 1));
    assertThat(mark.state()).isEqualTo(State.GRADER_ERROR);
    assertThat(mark.why())
        .isEqualTo("a fault of the course's, not yours: java.lang.IllegalStateException: oops");
  }

  /** A runner in which so many tests pass, and the decoy ends so. */
  private static Scripted all(int tests, Outcome decoy) {
    var messages = new ArrayList<>(List.of(FOLDER, FOLDER));
    for (int n = 0; n < tests; n++) {
      messages.addAll(List.of(BEGINS, Scripted.ends(Outcome.PASSED)));
    }
    messages.addAll(List.of(BEGINS, Scripted.ends(decoy)));
    return Scripted.says(messages);
  }

  private static int hidden(Exercise exercise) throws IOException {
    return new Solutions(exercise).hiddenTests().size();
  }

  private static Exercise exercise() throws IOException {
    return Exercise.all(COURSE).stream().filter(e -> e.isCalled("1")).findFirst().orElseThrow();
  }

  private static Mark mark(int jvmsThatDoNotStart) throws Exception {
    Sandbox real = Sandbox.processes();
    return mark(
        exercise(),
        () ->
            new Failing(
                real.runners().call(), new IOException("it does not call"), jvmsThatDoNotStart),
        real.compilers());
  }

  /** Marks with runners that say what they are told to, one after the other. */
  private static Mark mark(Exercise exercise, Scripted... runners) throws Exception {
    Iterator<Scripted> next = List.of(runners).iterator();
    RunnerSource source =
        new RunnerSource() {
          @Override
          public synchronized RunnerProcess start() {
            return next.hasNext() ? next.next() : Scripted.says(List.of());
          }

          @Override
          public void close() {}
        };
    return mark(exercise, () -> source, Sandbox.processes().compilers());
  }

  /** Marks a right solution. */
  private static Mark mark(
      Exercise exercise,
      Callable<? extends RunnerSource> runners,
      Callable<? extends RunnerSource> compilers)
      throws Exception {
    var handIn =
        new HandIn(
            "Ann",
            Submission.of(new Solutions(exercise).reference()),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    Sandbox real = Sandbox.processes();
    var sandbox = new Sandbox(real.version(), Optional.empty(), real.walls(), runners, compilers);
    try (var grading = new Grading(new GradedExercise(exercise), sandbox, 1)) {
      return grading.mark(handIn);
    }
  }

  /** Starts JVMs, of which the first ones do not start. */
  private record Failing(RunnerSource real, Exception how, AtomicInteger left)
      implements RunnerSource {
    Failing(RunnerSource real, Exception how, int count) {
      this(real, how, new AtomicInteger(count));
    }

    @Override
    public RunnerProcess start() throws IOException {
      if (left.getAndDecrement() > 0) {
        if (how instanceof IOException e) {
          throw e;
        }
        throw (RuntimeException) how;
      }
      return real.start();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}

package course.grader;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A verdict in a terminal. */
class ReportTest {
  @Test
  void what_code_wrote_is_shown_and_commands_no_terminal() {
    var test = new RuleTest(1, 2, "1", "PoolTest", "all_is_well");
    var about = new Exercise.About("A pool", "lesson3-pool", List.of());
    var exercise = new Exercise(Path.of("ex4-bounded-pool"), about, List.of(test));
    String wrote = "seen:\n\tred \u001b[31m, and \u009b2J\n";
    var failed = List.of(TestResult.of(test, Outcome.FAILED, wrote));
    assertThat(Report.of(exercise, new Verdict(failed, "")).replace("\r", ""))
        .endsWith("The first to mend:\n\nseen:\n\tred ␛[31m, and \ufffd2J");
    var notCompiled = List.of(TestResult.of(test, Outcome.DID_NOT_COMPILE, wrote));
    assertThat(Report.of(exercise, new Verdict(notCompiled, "")))
        .endsWith("seen:\n\tred ␛[31m, and \ufffd2J");
  }
}

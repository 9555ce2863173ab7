package course.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes from a runner is not believed: a student's code may have got at its channel. */
class RunnerJvmTest {
  private static final RuleTest TEST = new RuleTest(1, 1, "it holds", "RulesTest", "it_holds");

  private static final List<String> BEGINS = List.of("begins");

  static Stream<List<List<String>>> whatIsNoResult() {
    return Stream.of(
        List.of(List.of()),
        List.of(List.of("nonsense")),
        List.of(List.of("ends")),
        List.of(List.of("ends", "WON", "", "", "", "")),
        List.of(BEGINS, BEGINS, Scripted.ends(Outcome.PASSED)),
        List.of(BEGINS, List.of("exits")));
  }

  @ParameterizedTest
  @MethodSource("whatIsNoResult")
  void what_is_no_result_is_the_end_of_the_jvm_and_passes_no_test(List<List<String>> messages)
      throws IOException {
    List<TestResult> results = results(messages);
    assertThat(results)
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(result -> result.outcome() == Outcome.EXITED);
  }

  @Test
  void a_result_is_one() throws IOException {
    assertThat(results(List.of(BEGINS, Scripted.ends(Outcome.PASSED))))
        .singleElement()
        .matches(TestResult::passed);
  }

  private static List<TestResult> results(List<List<String>> messages) throws IOException {
    var results = new ArrayList<TestResult>();
    try (var jvm = new RunnerJvm(Scripted.says(messages))) {
      jvm.run(List.of(), List.of(TEST), Long.MAX_VALUE, results::add);
    }
    return results;
  }
}

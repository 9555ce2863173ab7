package course.grader.grade.model;

import static java.util.stream.Collectors.toSet;

import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a student gets. Immutable.
 *
 * @param handIn what it is for
 * @param state whether there is a mark
 * @param why the reason if there is none, one line or what the compiler says; else empty
 * @param visible a result for each test that students have, in the exercise's order; empty if no
 *     test has run
 * @param hidden a result for each test that they do not have
 * @param knownMistakes the names of the wrong versions that fail the same tests in the same way
 * @param printed the beginning of what the code printed
 */
public record Mark(
    HandIn handIn,
    State state,
    String why,
    List<TestResult> visible,
    List<TestResult> hidden,
    List<String> knownMistakes,
    String printed) {
  /** Returns a mark without tests. */
  public static Mark none(HandIn handIn, State state, String why) {
    return new Mark(handIn, state, why, List.of(), List.of(), List.of(), "");
  }

  /** Returns the rules of which a test did not pass; hidden ones count. */
  public Set<Integer> brokenRules() {
    return Stream.concat(visible.stream(), hidden.stream())
        .filter(result -> !result.passed())
        .map(result -> result.test().rule())
        .collect(toSet());
  }

  /** Returns the points of the rules of which all tests pass. */
  public int points() {
    Set<Integer> broken = brokenRules();
    return visible.stream()
        .map(TestResult::test)
        .filter(test -> !broken.contains(test.rule()))
        .mapToInt(RuleTest::points)
        .sum();
  }
}

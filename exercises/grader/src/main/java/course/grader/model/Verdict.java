package course.grader.model;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of an exercise's tests with some student's files.
 *
 * @param results one for each test of the exercise, in the exercise's order, whatever happened
 * @param printed the beginning of what the student's code printed
 */
public record Verdict(List<TestResult> results, String printed) {
  public boolean passed() {
    return results.stream().allMatch(TestResult::passed);
  }

  /** Returns why no test has run: not a fault that a test has found; empty if they have. */
  public Optional<String> reasonNotRun() {
    return switch (results.getFirst().outcome()) {
      case DID_NOT_COMPILE -> Optional.of("it does not compile");
      case FILE_MISSING -> Optional.of("a file is missing");
      default -> Optional.empty();
    };
  }

  public Optional<TestResult> firstFailure() {
    return results.stream().filter(result -> !result.passed()).findFirst();
  }

  /** Returns the tests that did not pass. */
  public List<RuleTest> failed() {
    return results.stream().filter(result -> !result.passed()).map(TestResult::test).toList();
  }

  /** Returns the points of the rules of which all tests pass. */
  public int points() {
    Set<Integer> broken = failed().stream().map(RuleTest::rule).collect(toSet());
    return results.stream()
        .map(TestResult::test)
        .filter(test -> !broken.contains(test.rule()))
        .mapToInt(RuleTest::points)
        .sum();
  }
}

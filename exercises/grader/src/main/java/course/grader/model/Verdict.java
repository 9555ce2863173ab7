package course.grader.model;

import java.util.List;
import java.util.Optional;

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

  /** Returns the names of the tests that did not pass. */
  public List<String> failed() {
    return results.stream().filter(result -> !result.passed()).map(TestResult::test).toList();
  }
}

package course.grader.grade;

import course.grader.model.Exercise;
import course.grader.model.KnownFailures;
import course.grader.model.Solutions;
import course.grader.model.TestResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a mistake by what it does: which tests fail, and what they see. Immutable.
 *
 * @param failures of the wrong versions
 */
record KnownMistakes(KnownFailures failures) {
  static KnownMistakes read(Exercise exercise) throws IOException {
    return new KnownMistakes(KnownFailures.read(new Solutions(exercise)));
  }

  /** Returns the names of all wrong versions that fail just these tests, in the same way. */
  List<String> of(List<TestResult> results) {
    var seen = new LinkedHashMap<String, TestResult>();
    results.stream()
        .filter(result -> !result.passed())
        .forEach(result -> seen.put(result.test().label(), result));
    return failures.versions().entrySet().stream()
        .filter(version -> !seen.isEmpty() && isThis(version.getValue(), seen))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isThis(Map<String, String> version, Map<String, TestResult> seen) {
    return version.keySet().equals(seen.keySet())
        && version.entrySet().stream()
            .allMatch(test -> isAlike(test.getValue(), seen.get(test.getKey())));
  }

  /** What is seen in some order of steps depends on the machine, and tells nothing. */
  private static boolean isAlike(String known, TestResult result) {
    return known.equals(KnownFailures.VARIES)
        || !result.failure().order().isEmpty()
        || known.equals(result.failure().seen());
  }
}

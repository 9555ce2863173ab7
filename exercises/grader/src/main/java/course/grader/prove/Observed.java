package course.grader.prove;

import course.grader.model.TestResult;
import course.testkit.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a version of an exercise in one run of its tests. Immutable.
 *
 * @param version its name
 * @param rejectedBy the labels of the tests that must fail; of the starter none is named
 * @param failures what each test that failed has to say, by its label, in the exercise's order
 */
record Observed(String version, Set<String> rejectedBy, Map<String, Failure> failures) {
  static final String STARTER = "starter";

  private static final String SOME_ORDER = "(an order of steps in which that is not so)";

  static Observed of(String version, Set<String> rejectedBy, List<TestResult> results) {
    var failures = new LinkedHashMap<String, Failure>();
    results.stream()
        .filter(result -> !result.passed())
        .forEach(result -> failures.put(result.test().label(), result.failure()));
    return new Observed(version, rejectedBy, failures);
  }

  /** Returns what a failure sees. */
  String seen(String label) {
    return failures.get(label).seen();
  }

  /** Whether it depends on the order of the threads' steps, and so on the machine, what is seen. */
  boolean varies(String label) {
    return !failures.get(label).order().isEmpty();
  }

  /** Returns what of a failure's text is the same each time, without the rule's sentence. */
  String words(String label) {
    Failure failure = failures.get(label);
    String seen = varies(label) ? SOME_ORDER : seen(label);
    var stable = new Failure(failure.done(), failure.expected(), seen, "", "");
    return stable.text().replaceFirst("\nBroken: +$", "").replaceAll("(?m) +$", "").strip();
  }
}

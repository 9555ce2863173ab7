package course.grader.grade;

import course.grader.grade.model.Mark;
import course.grader.model.Exercise;
import course.grader.model.KnownFailures;
import course.grader.model.Solutions;
import course.grader.model.TestResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tells a mistake by what it does: which tests fail, and what they see. Immutable.
 *
 * @param failures of the wrong versions
 */
record KnownMistakes(KnownFailures failures) {
  static KnownMistakes read(Exercise exercise) throws IOException {
    return new KnownMistakes(KnownFailures.read(new Solutions(exercise)));
  }

  /**
   * Returns a mark with the names of all wrong versions that fail just its tests, in the same way.
   *
   * @param shown what the results make of a text that is about the student: in a kept mark it has
   *     been done
   */
  Mark in(Mark mark, UnaryOperator<String> shown) {
    var seen = new LinkedHashMap<String, TestResult>();
    Stream.concat(mark.visible().stream(), mark.hidden().stream())
        .filter(result -> !result.passed())
        .forEach(result -> seen.put(result.test().label(), result));
    List<String> names =
        failures.versions().entrySet().stream()
            .filter(version -> !seen.isEmpty() && isThis(version.getValue(), seen, shown))
            .map(Map.Entry::getKey)
            .toList();
    return new Mark(
        mark.handIn(),
        mark.state(),
        mark.why(),
        mark.visible(),
        mark.hidden(),
        names,
        mark.printed());
  }

  private static boolean isThis(
      Map<String, String> version, Map<String, TestResult> seen, UnaryOperator<String> shown) {
    return version.keySet().equals(seen.keySet())
        && version.entrySet().stream()
            .allMatch(test -> isAlike(test.getValue(), seen.get(test.getKey()), shown));
  }

  /** What is seen in some order of steps depends on the machine, and tells nothing. */
  private static boolean isAlike(String known, TestResult result, UnaryOperator<String> shown) {
    return known.equals(KnownFailures.VARIES)
        || !result.failure().order().isEmpty()
        || shown.apply(known).equals(shown.apply(result.failure().seen()));
  }
}

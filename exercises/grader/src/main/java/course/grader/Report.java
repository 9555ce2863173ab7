package course.grader;

import course.grader.model.Exercise;
import course.grader.model.PlainText;
import course.grader.model.TestResult;
import course.grader.model.Verdict;

/** A verdict as a student reads it in a terminal. */
final class Report {
  private Report() {}

  /** Returns what to print: nothing in it that code wrote commands a terminal. */
  static String of(Exercise exercise, Verdict verdict) {
    return PlainText.lines(text(exercise, verdict)).stripTrailing();
  }

  private static String text(Exercise exercise, Verdict verdict) {
    if (verdict.reasonNotRun().isPresent()) {
      return "%s: %s, so no test has run%n%n%s"
          .formatted(
              exercise.name(), verdict.reasonNotRun().get(), verdict.results().getFirst().why());
    }
    var report = new StringBuilder();
    for (TestResult result : verdict.results()) {
      report.append(
          "%s %2s  %s%n"
              .formatted(
                  result.passed() ? "  ok  " : "  FAIL",
                  result.test().label(),
                  result.test().sentence()));
    }
    report.append(
        "%n%s: %d of %d tests pass, %d of %d points%n"
            .formatted(
                exercise.name(),
                exercise.tests().size() - verdict.failed().size(),
                exercise.tests().size(),
                verdict.points(),
                exercise.points()));
    verdict
        .firstFailure()
        .ifPresent(
            failure -> report.append("%nThe first to mend:%n%n".formatted()).append(failure.why()));
    return report.toString();
  }
}

package course.grader;

import course.grader.model.Exercise;
import course.grader.model.Exercise.Task;
import course.grader.model.Verdict;
import java.util.List;

/** A verdict as a student reads it in a terminal. */
final class Report {
  private Report() {}

  static String of(Exercise exercise, Verdict verdict) {
    if (verdict.reasonNotRun().isPresent()) {
      return "%s: %s, so no test has run%n%n%s"
          .formatted(
              exercise.name(),
              verdict.reasonNotRun().get(),
              verdict.results().getFirst().why().stripTrailing());
    }
    var report = new StringBuilder();
    List<Task> tests = exercise.about().tests();
    int points = 0;
    for (int i = 0; i < tests.size(); i++) {
      boolean passed = verdict.results().get(i).passed();
      points += passed ? tests.get(i).points() : 0;
      report.append(
          "%s %2d  %s%n".formatted(passed ? "  ok  " : "  FAIL", i + 1, tests.get(i).rule()));
    }
    int all = tests.stream().mapToInt(Task::points).sum();
    report.append(
        "%n%s: %d of %d tests pass, %d of %d points%n"
            .formatted(
                exercise.name(),
                tests.size() - verdict.failed().size(),
                tests.size(),
                points,
                all));
    verdict
        .firstFailure()
        .ifPresent(
            failure -> report.append("%nThe first to mend:%n%n".formatted()).append(failure.why()));
    return report.toString().stripTrailing();
  }
}

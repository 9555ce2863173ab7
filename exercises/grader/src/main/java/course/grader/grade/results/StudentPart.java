package course.grader.grade.results;

import static java.util.stream.Collectors.joining;

import course.grader.grade.model.State;
import course.testkit.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One student's part of the page, as the template takes it. */
final class StudentPart {
  // Characters; the student's JSON has the rest. What a student can make long is cut, or a page of
  // a class would be too much for a browser.
  private static final int LONGEST = 3_000;
  private static final int LONGEST_STEP = 600;

  private StudentPart() {}

  static Map<String, Object> of(Row row, StudentResult result) {
    var part = new LinkedHashMap<String, Object>();
    part.put("student", row.student());
    part.put("file", row.file());
    part.put("state", result.state() == State.GRADED ? "" : result.state().words());
    part.put("score", result.score().map(String::valueOf).orElse("–"));
    part.put("possible", result.possible());
    part.put("handedIn", result.handedIn().map(Object::toString).orElse(""));
    part.put("late", row.late() ? row.lateness() : "");
    part.put("mistake", row.mistake());
    part.put("change", row.change().map(c -> c.before() + " → " + c.after()).orElse(""));
    part.put("changedTests", row.change().map(Changes.Change::tests).orElse(""));
    part.put("manual", points(row));
    part.put("comment", row.manual().map(ManualPoints.Entry::comment).orElse(""));
    part.put("notes", result.notes());
    part.put("why", cut(result.why().strip(), LONGEST));
    part.put("printed", cut(result.printed().strip(), LONGEST / 2));
    part.put("failures", failures(result));
    part.put("passed", passed(result));
    return part;
  }

  /** Returns what was given by hand; empty if nothing was. */
  static String points(Row row) {
    Optional<String> points =
        row.manual().flatMap(ManualPoints.Entry::points).map(p -> p.toPlainString());
    return points.map(p -> p.startsWith("-") ? p : "+" + p).orElse("");
  }

  private static String passed(StudentResult result) {
    return result.tests().stream()
        .filter(StudentResult.Test::passed)
        .map(StudentResult.Test::name)
        .collect(joining(", "));
  }

  /** What is wrong: the first in full, as a student reads it, and of the others what is seen. */
  private static List<Map<String, Object>> failures(StudentResult result) {
    var failures = new ArrayList<Map<String, Object>>();
    for (StudentResult.Test test : result.failing()) {
      Failure failure = test.failure();
      boolean first = failures.isEmpty();
      String[] seen = failure.seen().strip().split("\\R", 2);
      failures.add(
          Map.ofEntries(
              Map.entry("first", first),
              Map.entry("label", test.label()),
              Map.entry("hidden", test.hidden()),
              Map.entry("sentence", test.sentence()),
              Map.entry("told", !failure.expected().isEmpty()),
              Map.entry("done", failure.done().stream().map(StudentPart::step).toList()),
              Map.entry("expected", step(failure.expected())),
              Map.entry("seen", step(seen[0])),
              Map.entry(
                  "more", first && seen.length > 1 ? cut(seen[1].stripIndent(), LONGEST) : ""),
              Map.entry("order", first ? cut(failure.order().strip(), LONGEST) : ""),
              Map.entry("rule", failure.rule())));
    }
    return failures;
  }

  private static String step(String text) {
    return cut(text, LONGEST_STEP);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest) + "\n… and more: see the JSON file";
  }
}

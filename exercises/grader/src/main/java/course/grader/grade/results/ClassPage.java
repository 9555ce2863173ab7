package course.grader.grade.results;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import course.grader.grade.model.State;
import course.grader.model.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The page of a class: who needs a look, who failed at what, and each student's part. */
final class ClassPage {
  private static final String NONE_KNOWN = "as no mistake that we know";
  private static final int MOST_OPEN = 12; // students in a list that can be seen at once

  private final ClassTable table;
  private final Summary summary;
  private final List<String> walls;
  private final List<Row> graded;

  ClassPage(ClassTable table, Summary summary, List<String> walls) {
    this.table = table;
    this.summary = summary;
    this.walls = walls;
    graded = table.rows().stream().filter(row -> row.state() == State.GRADED).toList();
  }

  void write(Writer writer) throws IOException {
    try (InputStream template = ClassPage.class.getResourceAsStream("class.html.mustache")) {
      // What is written with two braces is escaped, and the template has no others.
      Mustache.compiler()
          .withEscaper(text -> Escapers.HTML.escape(PlainText.lines(text)))
          .emptyStringIsFalse(true)
          .compile(new InputStreamReader(template, StandardCharsets.UTF_8))
          .execute(page(), writer);
    }
  }

  private Map<String, Object> page() {
    var page = new LinkedHashMap<String, Object>();
    page.put("exercise", table.exercise().name());
    page.put("title", table.exercise().about().title());
    page.put("count", table.rows().size());
    page.put("possible", table.possible());
    page.put("summary", summary.line());
    page.put("average", average());
    page.put("faults", table.faults());
    page.put("looks", looks());
    page.put("calm", table.faults().isEmpty() && looks().isEmpty());
    page.put("inTime", table.rows().stream().allMatch(row -> row.lateBy().isPresent()));
    page.put("scores", new Scores(graded, table.possible()).bars());
    page.put("rules", rules());
    page.put("mistakes", mistakes());
    page.put("changed", changed());
    page.put("hasChanges", summary.changed() > 0);
    page.put("rows", rows());
    page.put("graded", graded.size());
    page.put("failing", graded.stream().filter(row -> !row.failing().isEmpty()).count());
    page.put("walls", String.join(", ", walls));
    // Each is read when it is written, and forgotten then.
    Iterable<Map<String, Object>> students =
        () -> table.rows().stream().map(row -> StudentPart.of(row, table.result(row))).iterator();
    page.put("students", students);
    return page;
  }

  private String average() {
    int[] sorted = graded.stream().mapToInt(row -> row.score().orElse(0)).sorted().toArray();
    if (sorted.length == 0) {
      return "";
    }
    double mean = graded.stream().mapToInt(row -> row.score().orElse(0)).average().orElse(0);
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    long full = graded.stream().filter(row -> row.failing().isEmpty()).count();
    return String.format(
        Locale.ROOT,
        "Of the %d graded, %d have all %d points; the mean is %.1f, the median %.1f.",
        graded.size(),
        full,
        table.possible(),
        mean,
        median);
  }

  /** Whom an instructor should look at, and why; what is worst comes first. */
  private List<Map<String, Object>> looks() {
    var looks = new ArrayList<Map<String, Object>>();
    look(looks, "grader error, so no mark", row -> row.state() == State.GRADER_ERROR, true);
    look(looks, "not gradable", row -> row.state() == State.NOT_GRADABLE, true);
    look(looks, "nothing handed in", row -> row.state() == State.NOTHING_HANDED_IN, false);
    look(looks, "graded, with a note", row -> row.state() == State.GRADED && row.warned(), true);
    look(looks, "late", Row::late, false);
    return looks;
  }

  private void look(
      List<Map<String, Object>> looks, String what, Predicate<Row> whom, boolean notes) {
    List<Map<String, Object>> who =
        table.rows().stream()
            .filter(whom)
            .map(row -> link(row, notes ? row.note() : row.late() ? row.lateness() : ""))
            .toList();
    if (!who.isEmpty()) {
      boolean open = notes && who.size() <= MOST_OPEN;
      looks.add(Map.of("what", what, "count", who.size(), "who", who, "wide", notes, "open", open));
    }
  }

  private static Map<String, Object> link(Row row, String note) {
    return Map.of("student", row.student(), "file", row.file(), "note", note);
  }

  /** The rules by how many fail them, the hardest first; those that nobody fails are left out. */
  private List<Map<String, Object>> rules() {
    var rules = new ArrayList<Map<String, Object>>();
    for (ClassTable.Rule rule : table.rules()) {
      List<Row> failed =
          graded.stream().filter(row -> row.brokenRules().contains(rule.number())).toList();
      if (!failed.isEmpty()) {
        rules.add(
            Map.of(
                "number", rule.number(),
                "points", rule.points(),
                "sentence", rule.sentence(),
                "failed", failed.size(),
                "of", graded.size(),
                "width", Scores.percent(failed.size(), graded.size()),
                "tests", tests(rule.number(), failed)));
      }
    }
    rules.sort(comparingInt(rule -> -(int) rule.get("failed")));
    return rules;
  }

  /** Which tests of a rule failed how often; empty if that is just the one. */
  private static String tests(int rule, List<Row> failed) {
    var counts = new LinkedHashMap<String, Integer>();
    failed.stream()
        .flatMap(row -> row.failing().stream())
        .filter(failing -> failing.rule() == rule)
        .forEach(failing -> counts.merge(failing.name(), 1, Integer::sum));
    if (counts.size() == 1 && counts.containsKey(String.valueOf(rule))) {
      return "";
    }
    var parts = new ArrayList<String>();
    counts.forEach((name, count) -> parts.add("test %s: %d".formatted(name, count)));
    return String.join(", ", parts);
  }

  /** Those who fail, by the mistake that they fail as; the most frequent first. */
  private List<Map<String, Object>> mistakes() {
    Map<String, List<Row>> groups =
        graded.stream()
            .filter(row -> !row.failing().isEmpty())
            .collect(groupingBy(ClassPage::mistake, LinkedHashMap::new, toList()));
    return groups.entrySet().stream()
        .sorted(
            comparing((Map.Entry<String, List<Row>> group) -> group.getKey().equals(NONE_KNOWN))
                .thenComparingInt(group -> -group.getValue().size()))
        .map(group ->
            Map.<String, Object>of(
                "mistake", group.getKey(),
                "known", !group.getKey().equals(NONE_KNOWN),
                "count", group.getValue().size(),
                "who", group.getValue().stream().map(row -> link(row, "")).toList()))
        .toList();
  }

  private static String mistake(Row row) {
    return row.knownMistakes().isEmpty() ? NONE_KNOWN : row.mistake();
  }

  private List<Map<String, Object>> changed() {
    var changed = new ArrayList<Map<String, Object>>();
    for (Row row : table.rows()) {
      row.change()
          .ifPresent(change ->
              changed.add(
                  Map.of(
                      "student", row.student(),
                      "file", row.file(),
                      "before", change.before(),
                      "after", change.after(),
                      "tests", change.tests())));
    }
    return changed;
  }

  /** All students, who has the fewest points first. */
  private List<Map<String, Object>> rows() {
    return table.rows().stream()
        .sorted(comparingInt(row -> row.score().orElse(-1)))
        .map(row ->
            Map.<String, Object>of(
                "student", row.student(),
                "file", row.file(),
                "score", row.score().map(String::valueOf).orElse("–"),
                "state", row.state() == State.GRADED ? "" : row.state().words(),
                "broken", row.brokenRules(),
                "hasBroken", !row.failing().isEmpty(),
                "mistake", row.mistake(),
                "late", row.late(),
                "manual", StudentPart.points(row),
                "changed", row.change().isPresent()))
        .toList();
  }
}

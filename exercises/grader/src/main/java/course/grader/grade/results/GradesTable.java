package course.grader.grade.results;

import course.grader.grade.model.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes {@code grades.csv}: the same bytes for the same verdicts. */
final class GradesTable {
  private GradesTable() {}

  /**
   * @param manual whether there are columns for what was given by hand
   */
  static void write(Path file, ClassTable table, boolean manual) throws IOException {
    List<ClassTable.Rule> rules = table.rules();
    var header =
        new ArrayList<>(List.of("student", "state", "score", "possible", "handed in", "late by"));
    rules.forEach(rule -> header.add("rule %d (%d)".formatted(rule.number(), rule.points())));
    header.addAll(List.of("known mistake", "note"));
    if (manual) {
      header.addAll(List.of("manual points", "manual comment"));
    }
    Csv.write(
        file,
        header,
        () -> table.rows().stream().map(row -> cells(row, table, rules, manual)).iterator());
  }

  private static List<Object> cells(
      Row row, ClassTable table, List<ClassTable.Rule> rules, boolean manual) {
    var cells = new ArrayList<Object>();
    cells.add(row.student());
    cells.add(row.state().words());
    cells.add(row.score().<Object>map(score -> score).orElse(""));
    cells.add(table.possible());
    cells.add(row.handedIn().map(Object::toString).orElse(""));
    cells.add(row.lateness());
    Set<Integer> broken = row.brokenRules();
    for (ClassTable.Rule rule : rules) {
      boolean earned = row.state() == State.GRADED && !broken.contains(rule.number());
      cells.add(row.score().isEmpty() ? "" : earned ? rule.points() : 0);
    }
    cells.add(String.join("; ", row.knownMistakes()));
    cells.add(row.note());
    if (manual) {
      cells.add(row.manual().flatMap(ManualPoints.Entry::points).<Object>map(p -> p).orElse(""));
      cells.add(row.manual().map(ManualPoints.Entry::comment).orElse(""));
    }
    return cells;
  }
}

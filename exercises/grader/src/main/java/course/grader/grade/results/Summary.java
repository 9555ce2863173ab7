package course.grader.grade.results;

import static java.util.stream.Collectors.joining;

import course.grader.grade.model.State;
import course.grader.model.PlainText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is said at the end of a run. Immutable.
 *
 * @param states how many students are in which state; each state is there
 * @param changed how many have another verdict than in the last run that was finished
 * @param regrade whether there was such a run
 * @param faults what could not be read or done, beside the students: a sentence each
 * @param table a line for each student; as the faults, harmless in a terminal and in a build's log
 */
public record Summary(
    Map<State, Integer> states, int changed, boolean regrade, List<String> faults, String table) {
  private static final int LONGEST_NAME = 60; // characters

  static Summary of(ClassTable table, Changes changes) {
    var states = new EnumMap<State, Integer>(State.class);
    for (State state : State.values()) {
      states.put(state, 0);
    }
    table.rows().forEach(row -> states.merge(row.state(), 1, Integer::sum));
    return new Summary(
        states,
        changes.count(),
        changes.hasBefore(),
        table.faults().stream().map(PlainText::terminal).toList(),
        table.rows().stream().map(row -> line(row, table.possible())).collect(joining("\n")));
  }

  /** Returns how many students have no mark because we failed. */
  public int graderErrors() {
    return states.get(State.GRADER_ERROR);
  }

  public int students() {
    return states.values().stream().mapToInt(count -> count).sum();
  }

  /** Returns how many students there are in which state, and what has changed, in a line. */
  public String line() {
    var parts = new ArrayList<String>();
    states.forEach((state, count) -> {
      if (count > 0) {
        parts.add(count + " " + state.words());
      }
    });
    String counts =
        students() + " students" + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    return regrade ? "%s; %d of %d changed".formatted(counts, changed, students()) : counts;
  }

  /**
   * What a student is called comes after the columns: no width of letters puts these out of line.
   */
  private static String line(Row row, int possible) {
    String score = row.score().map(points -> "%2d of %d".formatted(points, possible)).orElse(" -");
    String rules =
        row.failing().isEmpty()
            ? ""
            : "fails rule " + row.brokenRules().stream().map(String::valueOf).collect(joining(","));
    String known = row.knownMistakes().isEmpty() ? "" : ", as " + row.mistake() + " does";
    String changed = row.change().isPresent() ? " [changed]" : "";
    boolean ours = row.state() == State.GRADER_ERROR; // who has started it must do something
    String why = ours ? ": " + PlainText.terminal(row.note()) : "";
    return "  %-9s %-17s %-26s %s%s"
        .formatted(score, row.state().words(), rules, name(row.student()), known + changed + why)
        .stripTrailing();
  }

  private static String name(String student) {
    String plain = PlainText.terminal(student);
    int longest = Math.min(plain.length(), LONGEST_NAME);
    return longest == plain.length() ? plain : plain.substring(0, longest) + "…";
  }
}

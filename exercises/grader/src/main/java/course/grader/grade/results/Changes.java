package course.grader.grade.results;

import static java.util.stream.Collectors.joining;

import course.grader.grade.model.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is otherwise than in the last run that was finished: what that one found is kept in a file.
 * A run that was cut off is not one, so whoever goes on from it hears of all changes.
 */
final class Changes {
  private static final String FILE = "finished.json";

  /**
   * What a run has found out about a student.
   *
   * @param failing the tests that did not pass, by their names
   */
  private record Found(String student, State state, Optional<Integer> score, List<String> failing) {
    static Found of(StudentResult result) {
      return new Found(
          result.student(),
          result.state(),
          result.score(),
          result.failing().stream().map(StudentResult.Test::name).toList());
    }

    String words() {
      return state == State.GRADED ? String.valueOf(score.orElse(0)) : state.words();
    }
  }

  private record Finished(List<Found> students) {}

  /**
   * A difference.
   *
   * @param before the points, or the state if there were none
   * @param tests which ones have another outcome
   */
  record Change(String student, String before, String after, String tests) {}

  private final Path out;
  private final Optional<Finished> last;
  private final Map<String, Found> before = new LinkedHashMap<>();
  private final List<Found> now = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  private Changes(Path out, Optional<Finished> last) {
    this.out = out;
    this.last = last;
    last.ifPresent(run -> run.students.forEach(found -> before.put(found.student, found)));
  }

  static Changes since(Path out) {
    return new Changes(out, Store.read(out.resolve(FILE), Finished.class));
  }

  /** Takes what this run has found out about a student, and returns what is new of it. */
  Optional<Change> add(StudentResult result) {
    Found found = Found.of(result);
    now.add(found);
    Found old = before.get(found.student);
    if (old == null || old.equals(found)) {
      return Optional.empty();
    }
    var change = new Change(found.student, old.words(), found.words(), tests(old, found));
    changes.add(change);
    return Optional.of(change);
  }

  private static String tests(Found before, Found after) {
    var parts = new ArrayList<String>();
    difference("fails now: ", after.failing, before.failing).ifPresent(parts::add);
    if (after.state == State.GRADED) { // no test passes where none has run
      difference("no longer fails: ", before.failing, after.failing).ifPresent(parts::add);
    }
    return String.join("; ", parts);
  }

  private static Optional<String> difference(String what, List<String> more, List<String> less) {
    List<String> names = more.stream().filter(name -> !less.contains(name)).toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(what + names.stream().collect(joining(", ")));
  }

  int count() {
    return changes.size();
  }

  /** Tells whether there is a run to compare with. */
  boolean hasBefore() {
    return last.isPresent();
  }

  void writeTable() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    changes.forEach(
        change -> rows.add(List.of(change.student, change.before, change.after, change.tests)));
    Csv.write(out.resolve("changes.csv"), List.of("student", "before", "after", "tests"), rows);
  }

  /** Makes this run the one that the next is compared with. */
  void finish(Store store) throws IOException {
    var all = new LinkedHashMap<>(before); // a run of some leaves the others as they were
    all.keySet().removeIf(student -> !store.has(student)); // who has left the class
    now.forEach(found -> all.put(found.student, found));
    Store.write(out.resolve(FILE), new Finished(List.copyOf(all.values())));
  }
}

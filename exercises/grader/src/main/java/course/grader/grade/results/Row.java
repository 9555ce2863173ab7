package course.grader.grade.results;

import static java.util.stream.Collectors.joining;

import course.grader.grade.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tables say of one student: all that is kept of a student while a class is written.
 *
 * @param student as it is shown
 * @param warned whether there are notes
 * @param note why there is no mark, and the notes, in one line
 * @param manual what was given by hand
 * @param change what is otherwise than in the last run that was finished
 */
record Row(
    String student,
    State state,
    Optional<Integer> score,
    Optional<Instant> handedIn,
    Optional<Duration> lateBy,
    List<Failing> failing,
    List<String> knownMistakes,
    boolean warned,
    String note,
    Optional<ManualPoints.Entry> manual,
    Optional<Changes.Change> change) {
  private static final int LONGEST_NOTE = 500; // characters

  /**
   * A test that did not pass.
   *
   * @param name as {@link StudentResult.Test#name} has it
   */
  record Failing(String name, int rule) {}

  static Row of(
      StudentResult result, Optional<ManualPoints.Entry> manual, Optional<Changes.Change> change) {
    String note =
        Stream.concat(Stream.of(reason(result.why())), result.notes().stream())
            .filter(text -> !text.isBlank())
            .collect(joining("; "));
    return new Row(
        result.student(),
        result.state(),
        result.score(),
        result.handedIn(),
        result.lateBy(),
        result.failing().stream().map(test -> new Failing(test.name(), test.rule())).toList(),
        result.knownMistakes().stream().map(Row::words).toList(),
        !result.notes().isEmpty(),
        note.substring(0, Math.min(note.length(), LONGEST_NOTE)),
        manual,
        change);
  }

  /** Returns the first line that says what is wrong, and the one before it if that is a heading. */
  private static String reason(String why) {
    List<String> lines = why.lines().filter(line -> !line.isBlank()).limit(2).toList();
    boolean heading = lines.size() == 2 && !lines.getFirst().contains(":");
    return heading ? String.join(": ", lines) : lines.isEmpty() ? "" : lines.getFirst();
  }

  /** A wrong version's name is what is wrong, with {@code -} for blanks. */
  static String words(String knownMistake) {
    return knownMistake.replace('-', ' ');
  }

  /** Returns the mistakes that explain equally well what fails, as the end of a sentence. */
  String mistake() {
    return knownMistakes.stream().map("“%s”"::formatted).collect(joining(" or "));
  }

  String file() {
    return FileNames.of(student);
  }

  Set<Integer> brokenRules() {
    return failing.stream().map(Failing::rule).collect(Collectors.toCollection(TreeSet::new));
  }

  boolean late() {
    return lateBy.filter(Duration::isPositive).isPresent();
  }

  /** Returns how late it is, as spreadsheets read durations; empty if that is not known. */
  String lateness() {
    return lateBy
        .map(by -> "%d:%02d:%02d".formatted(by.toHours(), by.toMinutesPart(), by.toSecondsPart()))
        .orElse("");
  }
}

package course.grader.watch;

import course.grader.model.Exercise;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import course.grader.watch.Line.Look;
import course.grader.watch.Remembered.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What there is to show, at one moment. Immutable.
 *
 * @param exercises all there are
 * @param current which of them is watched
 * @param scores how far the student is with each; null where its tests never ran
 * @param verdict the last one; null before the first
 * @param took from noticing the save to the verdict
 * @param ran how many tests of the run that is under way have ended; -1 if none is
 * @param hints those that the student asked for
 * @param list whether the exercises are to be listed
 * @param advice what should be mended in the student's files, though the tests run without
 * @param warning what is wrong with where the student works; may be empty
 * @param notice what the last key brought about; may be empty
 */
record View(
    List<Exercise> exercises,
    int current,
    List<Score> scores,
    Verdict verdict,
    Duration took,
    int ran,
    List<String> hints,
    boolean list,
    List<String> advice,
    String warning,
    String notice) {
  private static final int MOST_PRINTED_LINES = 10;

  static final String KEYS = "h hint   n next   l list   r reset   Enter run again   q quit";

  static final Line TO_AN_EXERCISE = new Line("A number goes to that exercise.", Look.FAINT);

  Exercise exercise() {
    return exercises.get(current);
  }

  List<Line> heading() {
    long solved = scores.stream().filter(score -> score != null && score.solved()).count();
    var steps = new ArrayList<String>();
    for (int i = 0; i < exercises.size(); i++) {
      String step = exercises.get(i).number() + " " + score(scores.get(i));
      steps.add(i == current ? "[" + step + "]" : step);
    }
    return List.of(
        new Line("%s: %s".formatted(exercise().name(), exercise().about().title()), Look.HEADING),
        new Line(
            "%d of %d solved:  %s".formatted(solved, exercises.size(), String.join("  ", steps)),
            Look.FAINT));
  }

  private static String score(Score score) {
    if (score == null) {
      return "-";
    }
    return score.solved() ? "ok" : score.passed() + "/" + score.of();
  }

  /** One line for each test; none if they did not run. */
  List<Line> tests() {
    if (verdict == null || verdict.reasonNotRun().isPresent()) {
      return List.of();
    }
    var lines = new ArrayList<Line>();
    for (TestResult result : verdict.results()) {
      lines.add(
          new Line(
              "%s %2s  %s"
                  .formatted(
                      result.passed() ? "  ok  " : "  FAIL",
                      result.test().label(),
                      result.test().sentence()),
              result.passed() ? Look.GOOD : Look.BAD));
    }
    return lines;
  }

  /** The same in two lines, for a small terminal. */
  List<Line> testsInShort() {
    var passed = new StringBuilder("  ok   ");
    var failed = new StringBuilder("  FAIL ");
    for (TestResult result : verdict.results()) {
      (result.passed() ? passed : failed).append(' ').append(result.test().label());
    }
    return List.of(new Line(failed.toString(), Look.BAD), new Line(passed.toString(), Look.GOOD));
  }

  Line status() {
    int all = exercise().tests().size();
    if (ran >= 0) {
      return new Line("running: %d of %d tests have ended".formatted(ran, all), Look.HEADING);
    }
    if (verdict == null) {
      return new Line("", Look.PLAIN);
    }
    String seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3);
    if (verdict.reasonNotRun().isPresent()) {
      String what = verdict.reasonNotRun().get();
      return new Line("%s (%s)".formatted(what, seconds), Look.BAD);
    }
    int passed = all - verdict.failed().size();
    return new Line(
        "%d of %d tests pass (%s)".formatted(passed, all, seconds),
        passed == all ? Look.GOOD : Look.BAD);
  }

  /** What there is to do: the first failure in full, or what comes after the last. */
  List<Line> result() {
    var lines = new ArrayList<Line>();
    if (verdict == null) {
      return lines;
    }
    if (verdict.passed()) {
      lines.add(new Line(solved(), Look.GOOD));
    } else {
      TestResult failure = verdict.firstFailure().orElseThrow();
      if (verdict.reasonNotRun().isEmpty()) {
        lines.add(new Line("The first to mend:", Look.HEADING));
        lines.add(new Line("", Look.PLAIN));
      }
      lines.addAll(Line.of(failure.why(), Look.PLAIN));
    }
    List<Line> printed = Line.of(verdict.printed(), Look.FAINT);
    if (!printed.isEmpty()) {
      lines.add(new Line("", Look.PLAIN));
      lines.add(new Line("Your code printed:", Look.HEADING));
      lines.addAll(printed.subList(0, Math.min(printed.size(), MOST_PRINTED_LINES)));
      if (printed.size() > MOST_PRINTED_LINES) {
        int more = printed.size() - MOST_PRINTED_LINES;
        lines.add(new Line("(and " + more + " lines more)", Look.FAINT));
      }
    }
    return lines;
  }

  private String solved() {
    boolean all = scores.stream().allMatch(score -> score != null && score.solved());
    return all
        ? "All %d exercises are solved. Well done.".formatted(exercises.size())
        : exercise().name() + " is solved. Commit it; then n goes on to the next.";
  }

  List<Line> hintLines() {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < hints.size(); i++) {
      lines.add(new Line("Hint " + (i + 1) + ":", Look.HEADING));
      lines.addAll(Line.of(hints.get(i), Look.PLAIN));
      lines.add(new Line("", Look.PLAIN));
    }
    return lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
  }

  List<Line> listLines() {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < exercises.size(); i++) {
      Exercise each = exercises.get(i);
      Score score = scores.get(i);
      lines.add(
          new Line(
              "%s %s  %-6s %-20s %s"
                  .formatted(
                      i == current ? ">" : " ",
                      each.number(),
                      score(score),
                      each.name(),
                      each.about().title())
                  .stripTrailing(),
              score != null && score.solved() ? Look.GOOD : Look.PLAIN));
    }
    return lines;
  }

  List<Line> adviceLines() {
    return advice.stream().flatMap(each -> Line.of(each, Look.HEADING).stream()).toList();
  }

  List<Line> warningLines() {
    return Line.of(warning, Look.HEADING);
  }

  List<Line> noticeLines() {
    return Line.of(notice, Look.HEADING);
  }
}

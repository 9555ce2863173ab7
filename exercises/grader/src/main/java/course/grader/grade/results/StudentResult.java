package course.grader.grade.results;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.Submission;
import course.grader.model.TestResult;
import course.testkit.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What stands in {@code students/NAME.json}: all that a run found out about one student, for other
 * programs too. Names and meanings of the parts stay as they are; what is new is added, and {@link
 * #SCHEMA} goes up when that can't be. Immutable.
 *
 * @param schema {@link #SCHEMA}
 * @param exercise its name, such as {@code ex2-counting}
 * @param student as the class's list has the name, or a pseudonym
 * @param state one of the words of {@link State}
 * @param why the reason if there is no mark, one line or what the compiler says; else empty
 * @param score the points earned; null if the grader failed, which is no mark
 * @param possible the points of all rules
 * @param handedIn when, ISO 8601 in UTC; null if not known
 * @param lateBy ISO 8601, zero if in time; null if not known
 * @param tests in the exercise's order, hidden ones last; none if no test has run
 * @param knownMistakes the names of the wrong versions that fail in the same way
 * @param notes what the instructor should know, a sentence each
 * @param printed the beginning of what the code printed
 * @param files the SHA-256 of each file's text, by its path in the exercise
 * @param walls what the run was walled in with
 * @param key what the verdict depends on, as a digest: while it is the same, nothing is run again
 */
record StudentResult(
    int schema,
    String exercise,
    String student,
    State state,
    String why,
    Optional<Integer> score,
    int possible,
    Optional<Instant> handedIn,
    Optional<Duration> lateBy,
    List<Test> tests,
    List<String> knownMistakes,
    List<String> notes,
    String printed,
    Map<String, String> files,
    List<String> walls,
    String key) {
  static final int SCHEMA = 1;

  /**
   * One test.
   *
   * @param label what it is called in tables: its rule's number, {@code 4.2} for a second one
   * @param hidden whether students do not have it
   * @param rule the number of the rule that it tries
   * @param points what the rule is worth; 0 if another test says so
   * @param sentence what must hold
   * @param type the class that it is in
   * @param outcome how it ended, one of {@link Outcome}
   * @param failure what is wrong, in its parts; all empty if it passed
   */
  record Test(
      String label,
      boolean hidden,
      int rule,
      int points,
      String sentence,
      String type,
      Outcome outcome,
      Failure failure) {
    static Test of(TestResult result, boolean hidden) {
      RuleTest test = result.test();
      return new Test(
          test.label(),
          hidden,
          test.rule(),
          test.points(),
          test.sentence(),
          test.type(),
          result.outcome(),
          result.failure());
    }

    TestResult result() {
      var test = new RuleTest(rule, points, label, type, sentence.replace(' ', '_'));
      return new TestResult(test, outcome, failure);
    }

    private Test with(UnaryOperator<String> texts) {
      var changed =
          new Failure(
              failure.done().stream().map(texts).toList(),
              texts.apply(failure.expected()),
              texts.apply(failure.seen()),
              texts.apply(failure.order()),
              failure.rule());
      return new Test(label, hidden, rule, points, sentence, type, outcome, changed);
    }

    boolean passed() {
      return outcome == Outcome.PASSED;
    }

    /** Returns what it is called where hidden tests are, too, whose labels are counted anew. */
    String name() {
      return hidden ? label + " (hidden)" : label;
    }
  }

  static StudentResult of(Mark mark, Exercise exercise, List<String> walls, String key) {
    HandIn handIn = mark.handIn();
    var tests = new ArrayList<Test>();
    mark.visible().forEach(result -> tests.add(Test.of(result, false)));
    mark.hidden().forEach(result -> tests.add(Test.of(result, true)));
    var notes = new ArrayList<String>(handIn.notes());
    notes.addAll(handIn.files().advice());
    var files = new TreeMap<String, String>();
    handIn.files().texts().forEach((file, text) -> files.put(file, FileNames.digest(text)));
    return new StudentResult(
        SCHEMA,
        exercise.name(),
        handIn.student(),
        mark.state(),
        mark.why(),
        mark.state() == State.GRADER_ERROR ? Optional.empty() : Optional.of(mark.points()),
        exercise.points(),
        handIn.at(),
        handIn.lateBy(),
        tests,
        mark.knownMistakes(),
        notes,
        mark.printed(),
        files,
        walls,
        key);
  }

  /** Returns the mark, for what was handed in this time. */
  Mark mark(HandIn handIn) {
    return new Mark(
        handIn,
        state,
        why,
        tests.stream().filter(test -> !test.hidden).map(Test::result).toList(),
        tests.stream().filter(Test::hidden).map(Test::result).toList(),
        knownMistakes,
        printed);
  }

  /** Returns what is still known of the hand-in: all but its files. */
  HandIn handIn(String called) {
    return new HandIn(called, Submission.of(Map.of()), Optional.empty(), notes, handedIn, lateBy);
  }

  List<Test> failing() {
    return tests.stream().filter(test -> !test.passed()).toList();
  }

  /** Tells whether another run found out the same, whatever its verdict depended on. */
  boolean saysTheSameAs(StudentResult other) {
    return with(student, "", text -> text).equals(other.with(other.student, "", text -> text));
  }

  /** Returns the same of a student who is called otherwise. */
  StudentResult rename(String other, UnaryOperator<String> texts) {
    return with(other, key, texts);
  }

  private StudentResult with(String otherStudent, String otherKey, UnaryOperator<String> texts) {
    return new StudentResult(
        schema,
        exercise,
        otherStudent,
        state,
        texts.apply(why),
        score,
        possible,
        handedIn,
        lateBy,
        tests.stream().map(test -> test.with(texts)).toList(),
        knownMistakes,
        notes.stream().map(texts).toList(),
        texts.apply(printed),
        files,
        walls,
        otherKey);
  }
}

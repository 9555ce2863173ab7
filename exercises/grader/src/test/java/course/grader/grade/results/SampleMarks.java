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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A class that no student is in: marks of all kinds, for students with all kinds of names. */
final class SampleMarks {
  static final String FILE = "src/main/java/course/server/HandlerPool.java";
  static final List<String> WALLS = List.of("container", "allow-list", "decoys");

  /** An exercise with four rules, 8 points; rule 4 has a second test. */
  static final Exercise EXERCISE =
      new Exercise(
          Path.of("ex4-bounded-pool"),
          new Exercise.About("A pool with a limit", "lesson3-pool", List.of(FILE)),
          List.of(
              test(1, 1, "1", "messages_are_handled_by_as_many_handlers_as_there_are"),
              test(2, 2, "2", "a_message_waits_in_the_queue_while_all_handlers_are_busy"),
              test(3, 2, "3", "a_message_is_refused_at_once_when_the_queue_is_full"),
              test(4, 3, "4", "close_handles_what_was_accepted_before_it_returns"),
              test(4, 0, "4.2", "close_returns_when_nothing_was_ever_accepted")));

  static final RuleTest HIDDEN =
      new RuleTest(4, 0, "4", "HiddenPoolTest", "close_can_come_twice_from_two_threads");

  /** What data can be called and must not do. */
  static final List<String> ODD_NAMES =
      List.of(
          "Ann",
          "ann",
          "=cmd|' /C calc'!A0",
          "<script>alert(1)</script>",
          "../x",
          "CON",
          "\u001b[31mred\u001b]0;title\u0007",
          "李雷 \"小明\"",
          "O'Neil, Pat",
          "# heading [link](http://example.org) ![i](x) `code` <b>",
          "::error::forged",
          "\u202Egnp.exe",
          "half \ud83d",
          "x".repeat(300),
          "@SUM(1)",
          "two\nlines\r\nand\ttabs",
          " \u3000::set-output name=x::y",
          "{{student}}");

  private static final String DOES_NOT_COMPILE =
      """
      it does not compile
      HandlerPool.java:12: error: ';' expected
          int i = 0
                   ^
      <b>1 error\
      """;

  private static final String UNPRINTABLE = "\u001b[1m\u0000\ufffe\ud83d";

  private SampleMarks() {}

  private static RuleTest test(int rule, int points, String label, String method) {
    return new RuleTest(rule, points, label, "HandlerPoolTest", method);
  }

  /** Returns names: the odd ones first, then as many usual ones as are needed. */
  static List<String> names(int count) {
    return Stream.concat(
            ODD_NAMES.stream(), IntStream.range(0, count).mapToObj("student%03d"::formatted))
        .limit(count)
        .toList();
  }

  /** Returns a mark for each name; the same each time. */
  static List<Mark> marks(int count) {
    List<String> names = names(count);
    return IntStream.range(0, count).mapToObj(i -> mark(names.get(i), i)).toList();
  }

  /** Every kind of a mark, in turn. */
  private static Mark mark(String student, int i) {
    return switch (i % 10) {
      case 0 -> failing(handIn(student), List.of("2", "3"), List.of("drops-what-waits"));
      case 1 -> failing(handIn(student), List.of("4"), List.of("closes-first", "never-waits"));
      case 2 -> failing(handIn(student), List.of("1", "2", "3", "4", "4.2"), List.of());
      case 3 -> hiddenOnly(handIn(student));
      case 4 ->
          Mark.none(
              handIn(student),
              i % 20 == 4 ? State.NOT_GRADABLE : State.NOTHING_HANDED_IN,
              i % 20 == 4
                  ? DOES_NOT_COMPILE
                  : "no file is called HandlerPool.java: found Pool(1).java");
      case 5 ->
          i % 50 == 5 ? Mark.none(handIn(student), State.GRADER_ERROR, "no engine") : good(student);
      default -> good(student);
    };
  }

  static Mark good(String student) {
    return failing(handIn(student), List.of(), List.of());
  }

  static HandIn handIn(String student) {
    int dice = Math.floorMod(student.hashCode(), 7);
    return new HandIn(
        student,
        Submission.of(Map.of(FILE, "class HandlerPool {} // " + dice)),
        Optional.empty(),
        dice == 0
            ? List.of("Node.java of " + student + " is not taken: only HandlerPool.java")
            : List.of(),
        dice == 1 ? Optional.empty() : Optional.of(Instant.parse("2026-11-27T12:00:00Z")),
        dice == 1 ? Optional.empty() : Optional.of(Duration.ofMinutes(dice == 2 ? 95 : 0)));
  }

  /** A mark with tests that fail, by their labels. */
  static Mark failing(HandIn handIn, List<String> labels, List<String> knownMistakes) {
    var visible = new ArrayList<TestResult>();
    for (RuleTest test : EXERCISE.tests()) {
      boolean passed = !labels.contains(test.label());
      visible.add(
          passed
              ? new TestResult(test, Outcome.PASSED, Failure.NONE)
              : new TestResult(test, Outcome.FAILED, failure(test)));
    }
    var hidden = List.of(new TestResult(HIDDEN, Outcome.PASSED, Failure.NONE));
    return new Mark(handIn, State.GRADED, "", visible, hidden, knownMistakes, printed(handIn));
  }

  static Mark hiddenOnly(HandIn handIn) {
    Mark good = failing(handIn, List.of(), List.of("secret-mistake"));
    var hidden = List.of(new TestResult(HIDDEN, Outcome.FAILED, failure(HIDDEN)));
    return new Mark(
        handIn, State.GRADED, "", good.visible(), hidden, good.knownMistakes(), good.printed());
  }

  private static String printed(HandIn handIn) {
    return """
    handled 1
    ::warning::forged
    \u001b[2Jcleared by %s\
    """
        .formatted(handIn.student());
  }

  private static Failure failure(RuleTest test) {
    if (test.label().equals("1")) {
      return Failure.of(
          """
          it did not end within 10 s: it waits for <ever> ]]>%s
          ```
          # not a heading\
          """
              .formatted(UNPRINTABLE));
    }
    return new Failure(
        List.of(
            "1 handler, a queue of 1. Message 1 is handled, message 2 waits",
            "test %s hands off message 3".formatted(test.label())),
        "the hand-off of message 3 returns false and does not wait",
        """
        stuck: every thread waits, and nobody is left to wake them
          "scenario": its last step was call SynchronousQueue.put (HandlerPool.handOff, line 35)
              in course.server.HandlerPool.handOff (line 35)
              in course.server.HandlerPoolTest.lambda$%s$d36cee64$1 (line 47)
          "handler 1": its last step was call SynchronousQueue.take (HandlerPool.handleAll, line 46)
              in course.server.HandlerPool.handle (line 55)
              in course.server.HandlerPool.handleAll (line 46)
        """
            .formatted(test.method()),
        """
        It happened in this order of steps (order 7 that was tried):
          1. "scenario" runs:
               call Thread.Builder.OfVirtual.start (HandlerPool constructor, line 23)
               call List.add (HandlerPool constructor, line 23)
               call SynchronousQueue.put (HandlerPool.handOff, line 35)
          2. "handler 1" runs:
               call SynchronousQueue.take (HandlerPool.handleAll, line 46)
          3. "scenario" runs:
               call SynchronousQueue.put (HandlerPool.handOff, line 35)

        handler 1 was held at HandlerPool.handleAll (line 46), while the others went on\
        """,
        "rule %d of README.md: %s".formatted(test.rule(), test.sentence()));
  }
}

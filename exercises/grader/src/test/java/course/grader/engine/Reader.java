package course.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has readers of frames judged that a test makes up, as a student's exercise 1 would be. */
final class Reader implements AutoCloseable {
  static final String FILE = "src/main/java/course/server/FrameReader.java";

  private final Exercise exercise = Exercise.read(Path.of("../ex1-framing"));
  private final Engine engine = new Engine(1);
  private final RuleTest whole = says(1);
  private final RuleTest empty = says(6);

  Reader() throws IOException {}

  Exercise exercise() {
    return exercise;
  }

  /** Returns the test of a frame in one piece. */
  RuleTest whole() {
    return whole;
  }

  /** Returns the test of an empty frame. */
  RuleTest empty() {
    return empty;
  }

  String starter() throws IOException {
    return exercise.student().get(FILE);
  }

  /** Judges a reader whose method {@code next} has this body, with these two tests. */
  Verdict judge(String body) throws IOException {
    return judge(body, whole, empty);
  }

  Verdict judge(String body, RuleTest... tests) throws IOException {
    String text =
        """
        package course.server;

        final class FrameReader {
          static final int MAX_BYTES = 8_192;
          private final java.io.InputStream in;

          FrameReader(java.io.InputStream in) {
            this.in = in;
          }
          byte[] next() throws java.io.IOException {
        """;
    return judge(Map.of(FILE, text + body + "  }\n}\n"), tests);
  }

  Verdict judge(Map<String, String> files, RuleTest... tests) throws IOException {
    return engine.judge(exercise, files, List.of(tests));
  }

  Verdict judge(Map<String, String> files) throws IOException {
    return judge(files, whole, empty);
  }

  /** Returns the test that says a rule. */
  private RuleTest says(int rule) throws IOException {
    return exercise.tests().stream()
        .filter(test -> test.rule() == rule && test.points() > 0)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the one reason that all tests were given for the one outcome that they had. */
  static String why(Verdict verdict, Outcome outcome) {
    var reasons = new ArrayList<String>();
    for (TestResult result : verdict.results()) {
      assertThat(result.outcome()).as(result.why()).isEqualTo(outcome);
      reasons.add(result.why());
    }
    assertThat(reasons).as("one reason").containsOnly(reasons.getFirst());
    return reasons.getFirst();
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}

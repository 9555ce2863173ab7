package course.grader.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.terminal.Size;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalScreenTest {
  private static final int EXERCISES = 12;
  private static final RuleTest TEST = new RuleTest(1, 1, "1", "ATest", "a_rule");

  private static View listed(int current) {
    List<Exercise> all =
        IntStream.rangeClosed(1, EXERCISES).mapToObj(TerminalScreenTest::exercise).toList();
    var failure = TestResult.of(TEST, Outcome.FAILED, "why\n".repeat(30));
    return new View(
        all,
        current,
        Collections.nCopies(EXERCISES, null),
        new Verdict(List.of(failure), ""),
        Duration.ofSeconds(1),
        -1,
        List.of("a hint of many lines\n".repeat(10)),
        true,
        List.of(),
        "",
        "");
  }

  private static Exercise exercise(int number) {
    return new Exercise(
        Path.of("ex%d-name".formatted(number)),
        new Exercise.About(
            "a title that is rather long, longer than what is left of a line",
            "lesson1-server",
            List.of()),
        List.of(TEST));
  }

  @ParameterizedTest
  @CsvSource({"80,24,0", "80,24,8", "80,8,0", "80,8,4", "80,8,8", "40,12,6", "20,10,3", "60,5,8"})
  void the_list_is_on_the_screen_with_the_exercise_that_is_watched(
      int columns, int rows, int current) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var terminal =
        new DumbTerminal("test", "dumb", InputStream.nullInputStream(), out, UTF_8)) {
      terminal.setSize(Size.of(columns, rows));
      new TerminalScreen(terminal).show(listed(current), Screen.News.LIST);
    }
    List<String> lines = out.toString(UTF_8).replaceAll("\33\\[[\\d;]*m", "").lines().toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(rows);
    assertThat(lines).allMatch(line -> line.length() < columns);
    assertThat(lines).anyMatch(line -> line.startsWith("> %d ".formatted(current + 1)));
    assertThat(lines.getLast()).contains("quit");
  }
}

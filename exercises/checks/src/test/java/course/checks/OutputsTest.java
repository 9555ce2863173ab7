package course.checks;

import static org.assertj.core.api.Assertions.assertThat;

import course.checks.Page.CodeBlock;
import course.client.observe.ObserveCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;

/** The pictures in the lessons' pages have the shape that really comes out: 8, 1, 3 and 1 s. */
@Timeout(value = 120) // bounds a hang
class OutputsTest {
  private static final Course COURSE = new Course(Path.of("../.."));

  /** What {@code observe} calls what it saw: its last line, up to the colon. */
  private static final Pattern NAME =
      Pattern.compile("(?m)^(one at a time|\\d+ at a time|all at once): ");

  @SuppressWarnings("unused") // by the test's annotation
  private static final List<String> LESSONS = Course.LESSONS;

  @TempDir private Path folder;

  @ParameterizedTest
  @FieldSource("LESSONS")
  void the_picture_under_run_shows_what_observe_sees(String lesson) throws IOException {
    String page = lesson + "/README.md";
    Optional<String> shown =
        Page.read(COURSE, page).blocks().stream()
            .filter(block -> block.language().equals("text"))
            .map(CodeBlock::lines)
            .flatMap(lines -> name(String.join("\n", lines)).stream())
            .findFirst();
    assertThat(shown)
        .as(
            "%s: its first picture, against what comes out now: run server and observe as the page"
                + " says, and copy in what they print",
            page)
        .isPresent()
        .isEqualTo(name(observed(lesson)));
  }

  private String observed(String lesson) throws IOException {
    var out = new StringWriter();
    try (var server = LessonProcess.start(COURSE, lesson, Map.of(), folder, "--work", "500ms")) {
      new CommandLine(new ObserveCommand())
          .setOut(new PrintWriter(out))
          .execute("--port", "" + server.port());
    }
    return out.toString();
  }

  private static Optional<String> name(String output) {
    return NAME.matcher(output).results().map(name -> name.group(1)).findFirst();
  }
}

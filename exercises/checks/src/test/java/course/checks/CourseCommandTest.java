package course.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Course.java is the first Java that a newcomer opens, and any Java from 17 on must take it. */
class CourseCommandTest {
  private static final int MAXIMUM_LINES = 300;
  private static final Course COURSE = new Course(Path.of("../.."));

  private final Path file = COURSE.root().resolve(Course.COMMAND);

  @TempDir private Path folder;

  @Test
  void java_17_compiles_it_without_a_warning() {
    var said = new StringWriter();
    try (var files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          ToolProvider.getSystemJavaCompiler()
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "--release", "17", "-Xlint:all", "-Werror", "-proc:none", "-d", "" + folder),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as("%s with --release 17: %s", Course.COMMAND, said).isTrue();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void it_is_short_and_reads_the_same_in_every_encoding() throws Exception {
    assertThat(COURSE.lines(Course.COMMAND))
        .as("lines of %s: more than that, nobody reads", Course.COMMAND)
        .hasSizeLessThanOrEqualTo(MAXIMUM_LINES);
    assertThat(Files.readString(file, UTF_8).chars())
        .as("characters of %s: an older Java reads it in the system's encoding", Course.COMMAND)
        .allMatch(character -> character < 128);
  }
}

package course.client.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LessonTest {
  @TempDir Path folder;

  @Test
  void lessons_are_found_in_order_and_other_jars_are_not() throws IOException {
    for (String name : new String[] {"lesson3-pool", "lesson1-server"}) {
      Path target = Files.createDirectories(folder.resolve(name).resolve("target"));
      Files.createFile(target.resolve(name + ".jar"));
      Files.createFile(target.resolve("original-" + name + ".jar"));
    }
    Files.createDirectories(folder.resolve("lesson2-concurrency")); // not built
    assertThat(Lesson.under(folder))
        .extracting(Lesson::title)
        .containsExactly("Lesson 1: server", "Lesson 3: pool");
  }

  @Test
  void only_lessons_with_a_pool_are_told_how_many_handlers_it_has() {
    assertThat(new Lesson(Path.of("lesson2-concurrency.jar")).command("1s", 3))
        .containsSequence("--port", "0", "--work", "1s")
        .doesNotContain("--handlers");
    assertThat(new Lesson(Path.of("lesson3-pool.jar")).command("1s", 5))
        .endsWith("--handlers", "5");
    assertThat(new Lesson(Path.of("other.jar")).command("1s", 5)).doesNotContain("--handlers");
  }

  @Test
  void a_jar_that_does_not_start_is_named_in_one_line_with_status_1() {
    var err = new StringWriter();
    int status =
        new CommandLine(new TourCommand())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(folder.resolve("missing.jar").toString());
    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).hasLineCount(1).contains("missing.jar", "Unable to access jarfile");
  }
}

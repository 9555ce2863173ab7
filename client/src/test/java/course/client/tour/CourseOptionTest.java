package course.client.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class CourseOptionTest {
  @Command
  private static final class Any {
    @Mixin CourseOption course;
  }

  @Test
  void without_the_option_the_course_is_found_from_inside_it() throws IOException {
    assertThat(course().folder()) // tests run in the client's folder
        .isEqualTo(Path.of("..").toRealPath());
    assertThat(course().lessons()).extracting(Lesson::number).startsWith(1, 2, 3, 4);
  }

  @Test
  void the_option_goes_first(@TempDir Path other) throws IOException {
    new StandInCourse(other).with("lesson7-x", "# Lesson 7: an x", 1);
    CourseOption option = course("--course", other.toString());
    assertThat(option.lessons()).extracting(Lesson::title).containsExactly("7 x");
    assertThat(option.folder()).isEqualTo(other);
  }

  private static CourseOption course(String... args) {
    var any = new Any();
    new CommandLine(any).parseArgs(args);
    return any.course;
  }
}

package course.client.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LessonTest {
  @TempDir Path folder;

  @Test
  void lessons_are_found_in_the_order_of_their_numbers_and_other_folders_are_not()
      throws IOException {
    new StandInCourse(folder)
        .with("lesson10-last", "# Lesson 10: the last", 1)
        .with("lesson3-pool", "# Lesson 3: a fixed pool", 1)
        .with("lessons", "# Lesson 4: a folder with another kind of name", 1);
    Files.createDirectories(folder.resolve("lesson2-empty"));
    assertThat(Lesson.under(folder)).extracting(Lesson::number).containsExactly(3, 10);
  }

  @Test
  void a_lessons_title_is_its_pages_heading_and_without_a_page_its_folders_name()
      throws IOException {
    var course = new StandInCourse(folder);
    course.with("lesson1-a", "# Lesson 1: a thread per connection", 1);
    course.with("lesson2-b", "# Lesson 2: the pool that grows", 1);
    course.with("lesson3-pool-dyn", "No heading", 1);
    course.with("lesson4-other", "# Lesson 4: a page", 1);
    Files.delete(folder.resolve("lesson4-other").resolve("README.md"));
    assertThat(Lesson.under(folder))
        .extracting(Lesson::title)
        .containsExactly("1 thread per connection", "2 pool that grows", "3 pool-dyn", "4 other");
  }

  @Test
  void only_lessons_with_a_pool_are_told_how_many_handlers_it_has() {
    Path classes = Path.of("classes");
    assertThat(new Lesson(2, Path.of("lesson2-b")).command(classes, "1s", 3))
        .containsSequence("-cp", "classes", "course.server.Main", "--port", "0", "--work", "1s")
        .doesNotContain("--handlers");
    assertThat(new Lesson(3, Path.of("lesson3-pool")).command(classes, "1s", 5))
        .endsWith("--handlers", "5");
  }

  @Test
  void all_packages_of_a_lesson_are_compiled_and_deleted_at_the_end() throws IOException {
    new StandInCourse(folder).with("lesson1-a", "# Lesson 1: a", 1);
    Path classes;
    try (var compiled = new LessonClasses()) {
      classes = compiled.of(Lesson.under(folder).getFirst());
      assertThat(classes.resolve("course/server/Main.class")).isNotEmptyFile();
      assertThat(classes.resolve("course/wire/Lines.class")).isNotEmptyFile();
    }
    assertThat(classes.getParent()).doesNotExist();
  }

  @Test
  void a_lesson_that_does_not_compile_is_one_line_with_file_and_line_number() throws IOException {
    var course = new StandInCourse(folder).with("lesson1-a", "# Lesson 1: a", 1);
    course.write(
        "lesson1-a", "src/main/java/course/server/Other.java", "package course.server;\n\nclass");
    assertCompileFails(Lesson.under(folder), "lesson1-a does not compile: Other.java:3: .*");
  }

  @Test
  void a_lesson_that_uses_a_library_of_this_program_does_not_compile() throws IOException {
    var course = new StandInCourse(folder).with("lesson1-a", "# Lesson 1: a", 1);
    course.write(
        "lesson1-a",
        "src/main/java/course/server/Other.java",
        "package course.server;\nimport picocli.CommandLine;");
    assertCompileFails(
        Lesson.under(folder),
        "lesson1-a does not compile: Other.java:2: package picocli does not exist");
  }

  private static void assertCompileFails(List<Lesson> lessons, String message) throws IOException {
    try (var compiled = new LessonClasses()) {
      assertThatThrownBy(() -> compiled.of(lessons.getFirst()))
          .isInstanceOf(IOException.class)
          .message()
          .matches(message);
    }
  }
}

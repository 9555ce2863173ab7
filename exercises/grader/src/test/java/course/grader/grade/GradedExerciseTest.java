package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.CourseCopy;
import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kept verdict is no longer good for. */
class GradedExerciseTest {
  private static final String TEST = "src/test/java/course/server/FrameReaderTest.java";

  @TempDir Path course;
  private Path folder;
  private String before;

  @BeforeEach
  void make() throws IOException {
    folder = CourseCopy.makeWithSolutions(course);
    before = version();
  }

  private String version() throws IOException {
    return new GradedExercise(Exercise.read(folder)).version();
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  @Test
  void the_same_exercise_has_the_same_version() throws IOException {
    assertThat(version()).isEqualTo(before);
  }

  @Test
  void another_test_is_another_version() throws IOException {
    append(folder.resolve(TEST), "// changed\n");
    assertThat(version()).isNotEqualTo(before);
  }

  @Test
  void another_hidden_test_is_another_version() throws IOException {
    Path hidden = course.resolve("exercises/solutions/ex1-framing/hidden");
    Files.writeString(hidden.resolve("More.java"), "package course.server; class More {}\n");
    assertThat(version()).isNotEqualTo(before);
  }

  @Test
  void what_is_allowed_besides_is_another_version() throws IOException {
    append(folder.resolve("allowed.txt"), "\njava.net:\nSocket close\n");
    assertThat(version()).isNotEqualTo(before);
  }
}

package course.grader.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong version is what differs from the reference solution, and follows it. */
class WrongVersionTest {
  private static final String POOL = "src/main/java/course/server/Pool.java";
  private static final String ABOUT = "Never waits.\nRejected by: 2, 4.2\n\n";

  @TempDir Path root;
  private Solutions solutions;
  private Path reference;
  private Path wrong;

  @BeforeEach
  void make() throws IOException {
    Path exercise = root.resolve("exercises/ex1-pool");
    Files.createDirectories(exercise.resolve(POOL).getParent());
    Files.writeString(exercise.resolve(POOL), "TODO\n");
    solutions =
        new Solutions(
            new Exercise(exercise, new Exercise.About("a", "lesson1", List.of(POOL)), List.of()));
    wrong = Files.createDirectories(solutions.folder().resolve("wrong"));
    reference = solutions.folder().resolve("Pool.java");
    Files.writeString(reference, text(""));
  }

  /** Twenty lines; the tenth one waits. */
  private static String text(String more) {
    return more
        + IntStream.rangeClosed(1, 20)
            .mapToObj(n -> n == 10 ? "wait();\n" : "line " + n + ";\n")
            .reduce("", String::concat);
  }

  private WrongVersion patch() throws IOException {
    Path folder = Files.createDirectories(wrong.resolve("never-waits"));
    Files.writeString(folder.resolve("about.txt"), ABOUT);
    Files.writeString(folder.resolve("Pool.java"), text("").replace("wait", "go"));
    assertThat(solutions.wrong().getFirst().renew()).isTrue();
    return solutions.wrong().getFirst();
  }

  @Test
  void whole_files_become_a_patch_that_says_what_the_mistake_is() throws IOException {
    WrongVersion version = patch();
    assertThat(wrong.resolve("never-waits")).doesNotExist();
    assertThat(version.name()).isEqualTo("never-waits");
    assertThat(version.rejectedBy()).containsExactly("2", "4.2");
    assertThat(version.files()).containsEntry(POOL, text("").replace("wait", "go"));
    assertThat(Files.readString(version.path()))
        .isEqualTo(
            ABOUT
                + """
                --- a/Pool.java
                +++ b/Pool.java
                @@ -7,7 +7,7 @@
                 line 7;
                 line 8;
                 line 9;
                -wait();
                +go();
                 line 11;
                 line 12;
                 line 13;
                """);
    assertThat(version.renew()).isFalse();
  }

  @Test
  void files_of_another_design_stay_whole() throws IOException {
    Path folder = Files.createDirectories(wrong.resolve("another"));
    Files.writeString(folder.resolve("about.txt"), ABOUT);
    Files.writeString(folder.resolve("Pool.java"), "all of it is new\n");
    assertThat(solutions.wrong().getFirst().renew()).isFalse();
    assertThat(solutions.wrong().getFirst().files()).containsEntry(POOL, "all of it is new\n");
    assertThat(solutions.wrong().getFirst().rejectedBy()).containsExactly("2", "4.2");
  }

  @Test
  void a_patch_follows_the_reference_solution_where_it_is_told_to() throws IOException {
    WrongVersion version = patch();
    Files.writeString(reference, text("import a;\nimport b;\n").replace("line 8", "line eight"));
    assertThatThrownBy(version::files)
        .isInstanceOf(IOException.class)
        .hasMessage(
            version.path()
                + ": no longer fits the reference solution: run java Course.java regenerate");
    assertThat(version.renew()).isTrue();
    assertThat(version.files().get(POOL)).startsWith("import a;").contains("line eight", "go();");
    assertThat(Files.readString(version.path())).startsWith(ABOUT).contains("@@ -9,7 +9,7 @@");
  }

  @Test
  void a_patch_whose_lines_are_gone_is_to_be_made_by_hand() throws IOException {
    WrongVersion version = patch();
    Files.writeString(reference, "nothing is left\n");
    assertThatThrownBy(version::renew)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(version.path() + " no longer fits the reference solution: make");
  }

  @Test
  void one_that_does_not_say_who_rejects_it_is_told_so() throws IOException {
    Path path = Files.writeString(wrong.resolve("bare.patch"), "--- a/Pool.java\n");
    assertThatThrownBy(() -> new WrongVersion(solutions, path).rejectedBy())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(path + ": must begin with");
  }
}

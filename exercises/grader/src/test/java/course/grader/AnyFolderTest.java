package course.grader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.engine.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Each command as a student starts it: a program of its own, from a folder inside the course, and
 * the course in a folder with a name that needs care.
 */
@Execution(ExecutionMode.CONCURRENT) // JVMs that run beside ours
@Timeout(value = 120) // bounds a hang
class AnyFolderTest {
  @TempDir Path temporary;
  private Path course;
  private Path inside;
  private String classPath;

  @BeforeEach
  void make() throws Exception {
    Path odd = temporary.resolve("O'Brien & " + (namesMayHaveUmlauts() ? "Söhne" : "Sons"));
    course = odd.resolve("the course");
    inside = CourseCopy.make(course).resolve("src/main");
    Path classes = odd.resolve("our classes");
    Path ours = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    CourseCopy.copy(ours, classes);
    classPath =
        Stream.concat(
                Stream.of(classes), ClassPath.ours().stream().filter(path -> !path.equals(ours)))
            .map(path -> path.toAbsolutePath().toString())
            .collect(joining(File.pathSeparator));
  }

  private static boolean namesMayHaveUmlauts() {
    return Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('ö');
  }

  /** What a program printed, on both its outputs, and its exit status. */
  private record Ended(String text, int status) {}

  private Ended grader(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("java", "-cp", classPath, Main.class.getName()));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(inside.toFile()).redirectErrorStream(true).start();
    var text = new StringBuilder();
    try (var in = process.outputWriter(UTF_8);
        var out = process.inputReader()) {
      for (String line; (line = out.readLine()) != null; ) {
        text.append(line).append('\n');
        if (line.matches("\\d+ of \\d+ tests pass .*")) { // that is for watch
          in.write("q\n");
          in.flush();
        }
      }
    }
    return new Ended(text.toString(), process.waitFor());
  }

  @Test
  void try_runs_the_tests_and_keeps_its_first_line_in_line_with_the_others() throws Exception {
    Ended ended = grader("try", "1");
    assertThat(ended.text())
        .startsWith("  ok    1  ")
        .contains("\n  FAIL  2  ")
        .contains("ex1-framing: ");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void try_runs_the_tests_where_nothing_can_be_kept_beside_our_classes() throws Exception {
    Files.writeString(course.resolveSibling("runners"), "a file in the place of the folder");
    assertThat(grader("try", "ex1").text()).contains("ex1-framing: 3 of 15 tests pass");
  }

  @Test
  void a_copy_of_a_file_with_a_space_in_its_name_is_told_by_its_name() throws Exception {
    Path reader = inside.resolve("java/course/server/FrameReader.java");
    Files.copy(reader, reader.resolveSibling("FrameReader copy.java"));
    Ended ended = grader("try", "framing");
    assertThat(ended.text())
        .contains("FrameReader.java: FrameReader is in src/main/java/course/server/FrameReader ")
        .contains("FrameReader copy.java too: keep one");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void watch_runs_the_tests() throws Exception {
    Ended ended = grader("watch");
    assertThat(ended.text()).contains("ex1-framing: ").contains(" tests pass (");
    assertThat(ended.status()).isZero();
  }

  @Test
  void a_failing_check_ends_with_1() throws Exception {
    Files.writeString(course.resolve("exercises/pom.xml"), "<module>ex1-framing</module>");
    Ended ended = grader("check-exercises", "--only", "framing");
    assertThat(ended.text()).contains("not proven").contains(course + "").contains("solutions");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void branches_and_publish_find_the_clone_and_a_path_is_meant_from_here() throws Exception {
    try (Git git = Git.init().setDirectory(course.toFile()).setInitialBranch("main").call()) {
      Files.writeString(course.resolve("exercises/ex1-framing/.gitignore"), "target/\n");
      git.add().addFilepattern(".").call();
      git.commit().setMessage("the course").setSign(false).call();
      Ended branches = grader("branches");
      assertThat(branches).isEqualTo(new Ended("exercise/1-framing           made\n", 0));

      Path bare = Files.createDirectory(inside.resolveSibling("for students.git"));
      Git.init().setDirectory(bare.toFile()).setBare(true).setInitialBranch("main").call().close();
      Ended published = grader("publish", "../for students.git");
      assertThat(published.text()).contains("exercise/1-framing           pushed\n");
      assertThat(published.status()).isZero();
      assertThat(grader("publish", "nowhere").status()).isEqualTo(1);
    }
  }

  @Test
  void a_course_that_lies_in_a_clone_of_something_else_gets_no_branches() throws Exception {
    try (Git git = Git.init().setDirectory(temporary.toFile()).setInitialBranch("main").call()) {
      Files.writeString(temporary.resolve("notes"), "mine\n");
      git.add().addFilepattern("notes").call();
      git.commit().setMessage("my notes").setSign(false).call();
      Ended ended = grader("branches");
      assertThat(ended.text()).contains("is no git clone, but lies in that of").hasLineCount(1);
      assertThat(ended.status()).isEqualTo(1);
      assertThat(git.branchList().call()).hasSize(1);
    }
  }
}

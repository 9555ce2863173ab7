package course.grader;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed, and what is said of it when it is no use. */
class MainTest {
  @TempDir Path root;

  private record Ended(String text, int status) {}

  private static Ended run(String... words) {
    var text = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(text));
    commandLine.setErr(new PrintWriter(text));
    int status = commandLine.execute(words);
    return new Ended(text.toString().replace("\r", ""), status);
  }

  private void exercise(String name) throws IOException {
    Path folder = Files.createDirectories(root.resolve("exercises").resolve(name));
    Files.writeString(
        folder.resolve(Exercise.FILE),
        "{'title':'a','lesson':'b','editable':[]}".replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "ex1", "ex1-framing", "framing", "1-framing"})
  void an_exercise_is_said_as_number_or_name(String said) throws IOException {
    exercise("ex1-framing");
    assertThat(Exercise.all(root).getFirst().isCalled(said)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "11", "ex", "-framing", "1framing", "exframing"})
  void other_words_are_no_exercise(String said) throws IOException {
    exercise("ex1-framing");
    assertThat(Exercise.all(root).getFirst().isCalled(said)).isFalse();
  }

  @Test
  void exercise_10_comes_after_exercise_9() throws IOException {
    for (String name : List.of("ex10-b", "ex1-a", "ex9-c")) {
      exercise(name);
    }
    assertThat(Exercise.all(root))
        .extracting(Exercise::name)
        .containsExactly("ex1-a", "ex9-c", "ex10-b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"try", "watch", "check-exercises --only"})
  void an_exercise_that_is_not_there_is_told_in_one_line_with_those_that_are(String command)
      throws IOException {
    exercise("ex1-framing");
    exercise("ex2-counting");
    assertThat(run((command + " 3 --course " + root).split(" ")))
        .isEqualTo(new Ended("there is no exercise '3', only ex1-framing, ex2-counting\n", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"try", "watch --fast", "publish", "check-exercises --rounds two", "tri 1"})
  void bad_usage_is_told_in_one_line_that_names_the_command_as_it_is_typed(String typed) {
    Ended ended = run(typed.split(" "));
    assertThat(ended.text()).hasLineCount(1).contains("java Course.java");
    assertThat(ended.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"try 1", "watch", "branches", "publish a", "check-exercises"})
  void a_folder_without_a_course_is_named(String typed) {
    Ended ended = run((typed + " --course " + root).split(" "));
    assertThat(ended.text()).startsWith("there is no course in " + root).hasLineCount(1);
    assertThat(ended.status()).isEqualTo(2);
  }

  @Test
  void a_file_that_can_not_be_read_is_named_and_what_is_wrong_with_it() throws IOException {
    exercise("ex1-framing");
    Path broken = root.resolve("exercises/ex1-framing").resolve(Exercise.FILE);
    Files.writeString(broken, "{");
    Ended ended = run("try", "1", "--course", root.toString());
    assertThat(ended.text()).startsWith(broken + ": ").hasLineCount(1);
    assertThat(ended.status()).isEqualTo(1);
  }
}

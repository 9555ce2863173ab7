package course.grader.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.CourseCopy;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not agree in an exercise's files is found, with the file and what to do. */
class FilesTest {
  @TempDir Path root;
  private Path folder;
  private Path tests;

  @BeforeEach
  void copy() throws IOException {
    assumeTrue(Files.exists(Path.of("../solutions")), "there are no solutions here");
    folder = CourseCopy.makeWithSolutions(root);
    tests = folder.resolve("src/test/java/course/server/FrameReaderTest.java");
    assertThat(faults()).isEmpty();
  }

  private List<String> faults() throws IOException {
    Exercise exercise = Exercise.read(folder);
    var faults = new ArrayList<>(ExerciseFiles.faults(exercise));
    faults.addAll(SolutionFiles.faults(exercise));
    return faults;
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, by));
  }

  @Test
  void a_rule_that_is_said_otherwise_on_the_page_than_by_its_test() throws IOException {
    replace(tests, "an_empty_frame_is_a_message_too", "an_empty_frame_is_no_message");
    assertThat(faults())
        .containsExactly(
            folder.resolve("README.md")
                + ": rule 6 says 'an empty frame is a message too', but its test in src/test/java"
                + " is called 'an empty frame is no message': change the one that is wrong");
  }

  @Test
  void a_test_that_tries_no_rule_and_a_rule_that_no_test_says() throws IOException {
    String sixth = Files.readString(tests).replaceFirst("(?s).*(@Rule\\(value = 6.*?\\)).*", "$1");
    replace(tests, sixth + "\n", "");
    assertThat(faults())
        .contains(
            tests + ": 1 of 9 tests do not say which rule they try: write @Rule(N) below @Test",
            folder.resolve("src/test/java")
                + ": rule 6 is said by 0 tests, not one: write @Rule(value = 6, points = 1) at"
                + " one");
  }

  @Test
  void a_row_that_is_missing_in_a_table() throws IOException {
    replace(root.resolve("exercises/README.md"), "| lesson 1 |", "| lesson 2 |");
    assertThat(faults())
        .containsExactly(
            root.resolve("exercises/README.md")
                + ": does not have 'ex1-framing/README.md) | lesson 1'");
  }

  @Test
  void a_wrong_version_that_no_longer_fits_and_one_that_names_no_test_there_is()
      throws IOException {
    var solutions = new Solutions(Exercise.read(folder));
    Path patch = solutions.folder().resolve("wrong/forgets-negative-lengths.patch");
    replace(patch, "Rejected by: 9", "Rejected by: 99");
    assertThat(faults())
        .containsExactly(patch + ": says that it is rejected by 99: there is no such test");
    replace(patch, "Rejected by: 99", "Rejected by: 9");
    replace(solutions.folder().resolve("FrameReader.java"), "length < 0 || ", "0 > length || ");
    assertThat(faults())
        .contains(
            patch + ": no longer fits the reference solution: run java Course.java regenerate");
  }
}

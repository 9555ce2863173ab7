package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class that an instructor tries the grader on first. */
class SampleClassTest {
  @TempDir Path folder;

  @Test
  void twenty_students_have_handed_in_what_each_state_is_for() throws IOException {
    assumeTrue(Files.exists(Path.of("../../exercises/solutions")), "there are no solutions here");
    assertThat(makes(folder, Writer.nullWriter())).isZero();
    List<Path> students;
    try (Stream<Path> all = Files.list(folder)) {
      students = all.toList();
    }
    assertThat(students)
        .hasSize(20)
        .as("nothing handed in")
        .anyMatch(student -> student.toFile().list().length == 0)
        .as("no file of the exercise")
        .anyMatch(student -> Files.exists(student.resolve("notes.txt")));
  }

  @Test
  void a_file_in_place_of_the_folder_is_told() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    var err = new StringWriter();
    assertThat(makes(file, err)).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo(file + " is there already, and is no folder: name another");
  }

  private static int makes(Path folder, Writer err) {
    var commandLine =
        Main.commandLine()
            .setOut(new PrintWriter(Writer.nullWriter()))
            .setErr(new PrintWriter(err, true));
    return commandLine.execute("sample-class", "2", folder.toString(), "--course", "../..");
  }
}

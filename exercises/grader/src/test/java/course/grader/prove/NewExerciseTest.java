package course.grader.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.CourseCopy;
import course.grader.Main;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.prove.Proof.Depth;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A new exercise is complete: all that is left is to write what is new about it. */
@Execution(ExecutionMode.CONCURRENT) // JVMs that run beside ours
@Timeout(value = 120) // bounds a hang
class NewExerciseTest {
  @TempDir Path root;

  @BeforeEach
  void copy() throws IOException {
    assumeTrue(Files.exists(Path.of("../solutions")), "there are no solutions here");
    CourseCopy.makeWithSolutions(root);
    Files.copy(Path.of("../../TEACHING.md"), root.resolve("TEACHING.md"));
  }

  private String make(String... words) {
    var text = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
    var all = new ArrayList<>(List.of("new-exercise", "--course", root.toString()));
    all.addAll(List.of(words));
    int status = commandLine.execute(all.toArray(String[]::new));
    return status + " " + text;
  }

  @Test
  void it_fails_with_its_starter_passes_when_solved_and_lacks_only_more_mistakes()
      throws Exception {
    assertThat(make("10", "slow-clients", "--lesson", "1"))
        .startsWith("0 exercises/ex10-slow-clients is there");
    Exercise exercise = Exercise.all(root).getLast();
    assertThat(exercise.name()).isEqualTo("ex10-slow-clients");
    assertThat(ExerciseFiles.faults(exercise)).isEmpty();
    Path wrong = new Solutions(exercise).folder().resolve("wrong");
    assertThat(SolutionFiles.faults(exercise))
        .containsExactly(wrong + ": has 1 wrong versions, not 4 or more");
    Path patch = wrong.resolve("answers-with-small-letters.patch");
    for (String name : List.of("b", "c", "d")) {
      Files.copy(patch, wrong.resolve(name + ".patch"));
    }
    try (var verdicts = new Verdicts()) {
      assertThat(new Proof(exercise, verdicts, Depth.WRITE).faults(1, 0)).isEmpty();
      assertThat(new Proof(exercise, verdicts, Depth.FITTED).faults(1, 0)).isEmpty();
    }
  }

  @Test
  void its_row_stands_in_the_order_of_the_numbers() throws IOException {
    make("10", "ten", "--lesson", "1");
    make("9", "nine", "--lesson", "1");
    assertThat(Files.readAllLines(root.resolve("exercises/README.md")))
        .filteredOn(line -> line.startsWith("| [ex"))
        .extracting(line -> line.replaceFirst(".*\\[ex(\\d+)-.*", "$1"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "9", "10");
  }

  @Test
  void a_number_that_is_taken_a_name_that_is_no_folder_and_a_lesson_that_is_not_there() {
    assertThat(make("1", "again")).isEqualTo("2 there is an exercise 1 already\n");
    assertThat(make("8", "No Name")).startsWith("2 'ex8-No Name' can be no folder");
    assertThat(make("8", "late", "--lesson", "9")).isEqualTo("2 there is no lesson 9\n");
  }
}

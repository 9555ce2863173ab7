package course.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.difflib.patch.PatchFailedException;
import course.contract.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The solutions of "Modify" do what the lessons' pages ask for. */
@Timeout(value = 120) // bounds a hang
class ModifyTest {
  private static final Course COURSE = new Course(Path.of("../.."));

  @TempDir private Path folder;

  @BeforeEach
  void abort_where_there_are_no_solutions() {
    if (!COURSE.exists(LessonPatch.SOLUTIONS)) {
      abort("skipped: there are no solutions in a student's copy");
    }
  }

  @Test
  void lesson_1_counts_a_connections_messages_however_it_ends() throws Exception {
    try (var server = solved("lesson1-server", "--work", "0ms")) {
      try (var client = new RawClient(server.port()).send("1\n2\n3\n").halfClose()) {
        client.receiveAll();
      }
      assertThat(server.line(line -> line.startsWith("-- ")))
          .isEqualTo("-- connection 1: 3 messages");
      try (var client = new RawClient(server.port()).send("1\n2\n")) {
        client.receive(2);
        client.reset();
      }
      assertThat(server.line(line -> line.startsWith("-- ")))
          .isEqualTo("-- connection 2: 2 messages");
    }
  }

  /** By the server's own lines, as those of a busy machine's clock may tell nothing. */
  @ParameterizedTest
  @CsvSource({"lesson2-concurrency, 4", "lesson3-pool, 3", "lesson4-pool-dyn, 6"})
  void of_eight_messages_as_many_are_in_flight_as_observe_is_to_say(String lesson, int most)
      throws Exception {
    try (var server = solved(lesson)) {
      try (var client = new RawClient(server.port()).send("1\n2\n3\n4\n5\n6\n7\n8\n").halfClose()) {
        assertThat(client.receiveAll()).hasSize(8);
      }
      assertThat(Shape.ofServer(server.stop())).contains("at most " + most + " in flight");
    }
  }

  private LessonProcess solved(String lesson, String... options) throws IOException {
    var solution = new LessonPatch(LessonPatch.SOLUTIONS + "/" + lesson + ".patch");
    try {
      return LessonProcess.start(COURSE, lesson, solution.apply(COURSE), folder, options);
    } catch (PatchFailedException e) {
      throw new AssertionError(
          solution.patch() + " no longer fits its lesson: run\n  " + Course.REGENERATE, e);
    }
  }
}

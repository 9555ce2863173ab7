package course.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.difflib.patch.PatchFailedException;
import course.contract.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  @ParameterizedTest
  @CsvSource({
    "lesson2-concurrency, 4 at a time",
    "lesson3-pool, 3 at a time",
    "lesson4-pool-dyn, 6 at a time",
  })
  void observe_says_what_the_page_says(String lesson, String verdict) throws Exception {
    try (var server = solved(lesson);
        var observe = JavaProcess.client(server.port(), List.of("observe"))) {
      assertThat(observe.awaitAll())
          .as("what observe prints of %s with its solution", lesson)
          .anyMatch(line -> line.startsWith(verdict));
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

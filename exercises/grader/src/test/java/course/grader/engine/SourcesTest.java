package course.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Outcome;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that can't be tested fails each test, and its student reads what to do. */
@Timeout(value = 120) // bounds a hang
@TestInstance(Lifecycle.PER_CLASS)
class SourcesTest {
  @AutoClose private final Reader reader = new Reader();

  SourcesTest() throws IOException {}

  @Test
  void a_compile_error_is_told_as_javac_tells_it_and_fails_each_test() throws IOException {
    Verdict verdict = reader.judge("    retrun null;\n");
    assertThat(verdict.results())
        .extracting(TestResult::test)
        .containsExactly(reader.whole(), reader.empty());
    assertThat(verdict.results())
        .extracting(TestResult::outcome)
        .containsOnly(Outcome.DID_NOT_COMPILE);
    assertThat(verdict.results().getFirst().why())
        .startsWith(Reader.FILE + ":11: not a statement\n    retrun null;\n    ^");
  }

  @Test
  void a_wrong_package_is_said_in_one_line() throws IOException {
    String text = reader.starter().replace("package course.server", "package mine");
    assertThat(Reader.why(reader.judge(Map.of(Reader.FILE, text)), Outcome.DID_NOT_COMPILE))
        .isEqualTo(
            Reader.FILE
                + ": its package is 'mine', but must be course.server: begin the file with"
                + " 'package course.server;'");
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    assertThat(Reader.why(reader.judge(Map.of()), Outcome.FILE_MISSING))
        .startsWith(Reader.FILE + " is missing");
  }

  @Test
  void a_changed_signature_is_told_from_a_compile_error() throws IOException {
    String text = reader.starter().replace("byte[] next()", "byte[] nextFrame()");
    var files = new HashMap<>(Map.of(Reader.FILE, text));
    // Connection.java is ours and calls next(): that is where it shows.
    assertThat(Reader.why(reader.judge(files), Outcome.DID_NOT_COMPILE)).contains("next()");
    files.put(Reader.FILE, reader.starter().replace("MAX_BYTES", "MOST_BYTES"));
    assertThat(Reader.why(reader.judge(files), Outcome.DID_NOT_COMPILE))
        .startsWith("your code compiles, but the tests do not fit it any more")
        .contains("MAX_BYTES");
  }

  @ParameterizedTest
  @CsvSource({"Pieces, the tests", "FrameReaderTest, the tests", "String, Java's own (java.lang)"})
  void a_class_may_not_have_the_name_of_one_that_the_tests_use(String name, String whose)
      throws IOException {
    String text = reader.starter() + "class " + name + " {}\n";
    long line = text.lines().count();
    assertThat(Reader.why(reader.judge(Map.of(Reader.FILE, text)), Outcome.DID_NOT_COMPILE))
        .isEqualTo(
            "%s:%d: %s is the name of a class of %s: give yours another one"
                .formatted(Reader.FILE, line, name, whose));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pieces$1", "Connection$Keep", "Mine$"})
  void a_class_may_not_be_called_as_if_it_were_in_another_one(String name) throws IOException {
    String text = reader.starter() + "class " + name + " {}\n";
    assertThat(Reader.why(reader.judge(Map.of(Reader.FILE, text)), Outcome.DID_NOT_COMPILE))
        .isEqualTo(
            "%s:%d: %s is a name as only the compiler makes them, with $: give yours another one"
                .formatted(Reader.FILE, text.lines().count(), name));
  }
}

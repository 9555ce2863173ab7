package course.grader.grade.walls;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.engine.Engine;
import course.grader.model.Exercise;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import course.grader.model.TestResult;
import course.grader.model.WrongVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The list can't see whose thread a submission gets hold of: what it does to a test's thread may
 * fail that test, and never pass it.
 */
@Execution(ExecutionMode.CONCURRENT) // JVMs that run beside ours
@Timeout(value = 120) // bounds a hang
class OtherThreadsTest {
  private static final String NEXT = "byte[] next() throws IOException {";
  private static final String HAND_OFF = "boolean handOff(Runnable message) {";

  private static final String OWN =
      """
      class Own {
        static void again(Runnable does) {
          Thread.ofPlatform().daemon().start(() -> {
            while (true) {
              does.run();
              Thread.yield();
            }
          });
        }

        static void hold(Object lock) {
          Thread.ofPlatform().daemon().start(() -> {
            synchronized (lock) {
              while (true) {
                LockSupport.park();
              }
            }
          });
        }
      }
      """;

  private static Engine engine;

  @BeforeAll
  static void start() throws IOException {
    engine = new Engine(1);
  }

  @AfterAll
  static void stop() throws IOException {
    engine.close();
  }

  /**
   * In each, {@code test} is the test's own thread, and {@code given} an object of the test's. The
   * code that does it has a mistake besides, for which the one test must fail.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ex1-framing | reads-the-payload-once | test.interrupt();",
        "ex1-framing | reads-the-payload-once | Own.again(test::interrupt);",
        "ex1-framing | reads-the-payload-once | Own.again(() -> LockSupport.unpark(test));",
        "ex1-framing | reads-the-payload-once | Own.hold(given); Own.hold(System.out);",
        "ex1-framing | reads-the-payload-once | test.setUncaughtExceptionHandler((t, e) -> {});",
        "ex1-framing | reads-the-payload-once | if (!test.isInterrupted()) { test.interrupt();"
            + " test.run(); }",
        "ex4-bounded-pool | drops-the-queue-on-close | test.interrupt();",
        "ex4-bounded-pool | drops-the-queue-on-close | Own.again(test::interrupt);",
        "ex4-bounded-pool | drops-the-queue-on-close | Own.again(() -> LockSupport.unpark(test));",
        "ex4-bounded-pool | drops-the-queue-on-close | Own.hold(test); Own.hold(given);",
        "ex4-bounded-pool | drops-the-queue-on-close"
            + " | test.setUncaughtExceptionHandler((t, e) -> {});"
      })
  void what_is_done_to_a_tests_thread_passes_no_test(String name, String mistake, String does)
      throws IOException {
    var exercise = Exercise.read(Path.of("../" + name));
    WrongVersion wrong =
        new Solutions(exercise)
            .wrong().stream().filter(w -> w.name().equals(mistake)).findFirst().orElseThrow();
    List<String> rejects = wrong.rejectedBy();
    RuleTest test =
        exercise.tests().stream()
            .filter(t -> rejects.contains(t.label()))
            .findFirst()
            .orElseThrow();
    Map<String, String> hostile = hostile(wrong.files(), does);
    assertThat(AllowList.of(exercise).refusals(InMemory.compile(exercise, hostile), Set.of()))
        .as("nothing for the list to see")
        .isEmpty();
    TestResult result = engine.judge(exercise, hostile, List.of(test)).results().getFirst();
    assertThat(result.passed()).as(test.sentence()).isFalse();
  }

  /** Returns the files, whose methods for the tests do something more before they return. */
  private static Map<String, String> hostile(Map<String, String> wrong, String does) {
    String more = "Thread test = Thread.currentThread(); Object given = %s; " + does;
    var files = new HashMap<String, String>();
    for (var file : wrong.entrySet()) {
      String text =
          file.getValue()
              .replace(
                  NEXT,
                  NEXT
                      + " byte[] result = frame(); "
                      + more.formatted("in")
                      + " return result; } byte[] frame() throws IOException {")
              .replace(
                  HAND_OFF,
                  HAND_OFF
                      + " boolean result = accept(message); "
                      + more.formatted("message")
                      + " return result; } boolean accept(Runnable message) {");
      assertThat(text).contains(does);
      files.put(
          file.getKey(),
          text.replaceFirst(
                  "\nimport ", "\nimport java.util.concurrent.locks.LockSupport;\nimport ")
              + OWN);
    }
    return files;
  }
}

package course.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import course.grader.model.Submission;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a student's code does, each test gets a verdict and the engine goes on. */
@Execution(ExecutionMode.CONCURRENT) // tests that mostly wait for a limit of time
@Timeout(value = 120) // bounds a hang
@TestInstance(Lifecycle.PER_CLASS)
class EngineTest {
  /** Reads a frame as it should be read. */
  private static final String READS =
      """
          byte[] length = in.readNBytes(4);
          return length.length == 0
              ? null
              : in.readNBytes(java.nio.ByteBuffer.wrap(length).getInt());
      """;

  /** The same, and notes that this reader has begun: the test of empty frames begins with one. */
  private static final String READS_ON =
      """
          begun = true;
      """
          + READS
          + """
            }

            private boolean begun;

            {
          """;

  @AutoClose private final Reader reader = new Reader();

  EngineTest() throws IOException {}

  @Test
  void the_reference_solution_passes_each_test() throws IOException {
    Verdict verdict =
        reader.judge(
            Submission.of(new Solutions(reader.exercise()).reference()).texts(),
            reader.exercise().tests().toArray(RuleTest[]::new));
    assertThat(verdict.results()).hasSize(15);
    assertThat(verdict.failed()).isEmpty();
    assertThat(verdict.passed()).isTrue();
  }

  @Test
  void a_test_that_never_ends_is_stopped_and_the_next_one_is_run() throws IOException {
    Verdict verdict =
        reader.judge(
            """
                while (!begun && in.available() > 4) {}
            """
                + READS_ON);
    assertThat(verdict.failed()).containsExactly(reader.whole());
    assertThat(verdict.results().getFirst().outcome()).isEqualTo(Outcome.HUNG);
    assertThat(verdict.results().getFirst().why())
        .contains("after 8 seconds it has not ended")
        .contains("FrameReader.next (FrameReader.java:11)");
  }

  @Test
  void a_deadlock_is_told_with_the_two_stacks_that_hold_each_other() throws IOException {
    Verdict verdict =
        reader.judge(
            """
                var both = new java.util.concurrent.CyclicBarrier(2);
                Object left = new StringBuilder();
                Object right = new StringBuffer();
                Thread other = Thread.ofVirtual().name("other").start(() -> lock(right, left, both));
                lock(left, right, both);
                return null;
              }

              private static void lock(Object first, Object second, java.util.concurrent.CyclicBarrier both) {
                synchronized (first) {
                  try {
                    both.await();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  synchronized (second) {}
                }
            """,
            reader.whole());
    assertThat(Reader.why(verdict, Outcome.HUNG))
        .contains(
            """
            Seen:     after 8 seconds it has not ended:
                      thread "other" waits to enter synchronized on StringBuilder, which thread "test" holds
                        at FrameReader.lock (FrameReader.java:26)
                        at FrameReader.next (FrameReader.java:14)
                      thread "test" waits to enter synchronized on StringBuffer, which thread "other" holds
                        at FrameReader.lock (FrameReader.java:26)
                        at FrameReader.next (FrameReader.java:15)
            """);
  }

  @Test
  void code_that_ends_the_jvm_fails_each_test_and_its_line_is_told() throws IOException {
    Verdict verdict = reader.judge("    System.exit(0);\n    return null;\n");
    assertThat(Reader.why(verdict, Outcome.EXITED))
        .isEqualTo(
            "your code ended the JVM: System.exit at"
                + " course.server.FrameReader.next(FrameReader.java:11)");
    verdict = reader.judge("    Runtime.getRuntime().halt(0);\n    return null;\n");
    assertThat(Reader.why(verdict, Outcome.EXITED))
        .isEqualTo("the JVM ended with status 0 during this test");
  }

  /** Writes to where there is no memory. */
  private static final String CRASH =
      """
            var field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            ((sun.misc.Unsafe) field.get(null)).putAddress(0, 0);
      """;

  @Test
  void a_test_during_which_the_jvm_crashes_is_run_again(@TempDir Path folder) throws IOException {
    Path crashed = folder.resolve("crashed");
    Verdict verdict =
        reader.judge(
            """
                try {
                  if (new java.io.File("%s").createNewFile()) {
                    %s
                  }
                } catch (ReflectiveOperationException e) {
                  throw new IllegalStateException(e);
                }
            """
                    .formatted(crashed.toString().replace("\\", "\\\\"), CRASH)
                + READS);
    assertThat(crashed).exists();
    assertThat(verdict.failed()).isEmpty();
  }

  @Test
  void code_that_crashes_each_jvm_fails() throws IOException {
    Verdict verdict =
        reader.judge(
            """
                try {
                  %s
                } catch (ReflectiveOperationException e) {
                  throw new IllegalStateException(e);
                }
                return null;
            """
                .formatted(CRASH),
            reader.whole());
    assertThat(Reader.why(verdict, Outcome.EXITED))
        .isEqualTo("the JVM itself crashed during this test");
  }

  @Test
  void a_thousand_threads_change_nothing_for_the_next_test() throws IOException {
    Verdict verdict =
        reader.judge(
            """
                for (int i = 0; !begun && i < 1_000; i++) {
                  new Thread(() -> java.util.concurrent.locks.LockSupport.park()).start();
                }
            """
                + READS_ON);
    assertThat(verdict.failed()).isEmpty();
  }

  @Test
  void what_code_keeps_in_a_static_field_does_not_reach_the_next_test() throws IOException {
    Verdict verdict =
        reader.judge(
            """
                throw new IllegalStateException("call " + ++calls);
              }

              private static int calls;

              static {
            """);
    assertThat(verdict.results())
        .extracting(TestResult::why)
        .hasSize(2)
        .allSatisfy(why -> assertThat(why).contains("IllegalStateException: call 1"));
  }

  @Test
  void code_that_eats_all_memory_leaves_enough_for_the_next_test() throws IOException {
    String eats =
        """
            if (!begun && in.available() > 4) {
              while (true) {
                HOARD.add(new byte[1 << 20]);
              }
            }
        """
            + READS_ON
            + """
              }

              private static final java.util.List<byte[]> HOARD = new java.util.ArrayList<>();

              static {
            """;
    Verdict verdict = reader.judge(eats);
    assertThat(verdict.failed()).containsExactly(reader.whole());
    assertThat(verdict.results().getFirst().why()).contains("OutOfMemoryError");
  }

  @Test
  void what_code_prints_decides_nothing() throws IOException {
    Verdict verdict =
        reader.judge(
            """
                System.out.println("java.lang.OutOfMemoryError: Java heap space");
                Runtime.getRuntime().halt(3);
                return null;
            """,
            reader.whole());
    assertThat(Reader.why(verdict, Outcome.EXITED))
        .isEqualTo("the JVM ended with status 3 during this test");
  }

  @ParameterizedTest
  @CsvSource({
    "throw new IllegalStateException();, (getMessage() throws IllegalStateException)",
    "while (true) {}, (getMessage() does not return)"
  })
  void an_exception_that_has_no_words_fails_the_test_all_the_same(String body, String told)
      throws IOException {
    Verdict verdict =
        reader.judge(
            """
                throw new Mute();
              }

              private static final class Mute extends RuntimeException {
                @Override
                public String getMessage() {
                  %s
                }
            """
                .formatted(body),
            reader.whole());
    assertThat(Reader.why(verdict, Outcome.FAILED))
        .contains("Seen:     it threw Mute: " + told)
        .contains("at FrameReader.next (FrameReader.java:11)");
  }

  @Test
  void what_a_helper_of_the_tests_saw_go_wrong_counts_though_the_code_catches_it()
      throws IOException {
    Verdict verdict =
        reader.judge(
            """
                byte[] bytes = new byte[9];
                try {
                  while (true) { // reads on, and swallows what our stream has to say of it
                    int count = in.read(bytes);
                    if (count < 9 && count > 4) {
                      return java.util.Arrays.copyOfRange(bytes, 4, 9);
                    }
                  }
                } catch (Throwable e) {
                  return java.util.Arrays.copyOfRange(bytes, 4, 9);
                }
            """,
            reader.whole());
    assertThat(Reader.why(verdict, Outcome.FAILED)).contains("Broken:   rule 1");
  }

  @Test
  void code_that_prints_without_end_is_stopped_and_its_output_is_cut() throws IOException {
    Verdict verdict =
        reader.judge("    while (true) {\n      System.out.println(1);\n    }\n", reader.whole());
    assertThat(Reader.why(verdict, Outcome.HUNG)).contains("FrameReader.next");
    assertThat(verdict.printed()).startsWith("1").hasSizeLessThan(100_000);
  }
}

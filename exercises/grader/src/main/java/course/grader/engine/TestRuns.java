package course.grader.engine;

import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * Runs tests on classes that are compiled, in as many JVMs as that takes, and has a result for each
 * test whatever happens. Thread-safe: several runs may be asked for at once.
 */
public final class TestRuns implements AutoCloseable {
  /** All tests of one exercise, together. Bounds hangs that add up; a slow machine gets by. */
  private static final Duration WHOLE_LIMIT = Duration.ofMinutes(4);

  /** Of the JVM, while one student's code is tested, that are nobody's fault. */
  private static final int MOST_CRASHES = 2;

  private final WarmJvms jvms;

  /**
   * Begins to start JVMs.
   *
   * @param source where they come from
   * @param spares how many are kept ready, see {@link Engine#Engine(int)}
   * @param again whether one that is in order runs other classes too: only for code of our own
   */
  public TestRuns(Callable<? extends RunnerSource> source, int spares, boolean again) {
    jvms = new WarmJvms(source, spares, again);
  }

  /**
   * Runs tests on classes, while others look on.
   *
   * @param tests those to run, in this order
   * @param classes groups of class files, each by its path; the tests' own first
   * @param progress told how far it is; may be cancelled by any thread
   * @throws CancellationException if it was
   * @throws IOException if nothing can be said about the student's code
   */
  public Verdict run(List<RuleTest> tests, List<Map<String, byte[]>> classes, Progress progress)
      throws IOException {
    long deadline = System.nanoTime() + WHOLE_LIMIT.toNanos();
    var results = new ArrayList<TestResult>();
    var printed = new StringBuilder();
    int crashes = 0;
    boolean fresh = false; // whether the next one is to be so
    while (results.size() < tests.size()) {
      if (System.nanoTime() > deadline) {
        results.add(
            TestResult.of(
                tests.get(results.size()),
                Outcome.NOT_RUN,
                "the tests before it took all of the "
                    + WHOLE_LIMIT.toMinutes()
                    + " minutes that there are"));
        continue;
      }
      int before = results.size();
      RunnerJvm jvm = fresh ? jvms.takeFresh() : jvms.take();
      boolean inOrder = false;
      fresh = jvm.isUsed(); // the next one, if this one fails for what others left in it
      try {
        progress.runsIn(jvm);
        progress.at(before);
        inOrder =
            jvm.run(
                classes,
                tests.subList(before, tests.size()),
                deadline,
                result -> {
                  results.add(result);
                  progress.at(results.size());
                });
        if (!inOrder && fresh) {
          results.subList(before, results.size()).clear();
          continue;
        }
        printed.append(jvm.printed());
        if (jvm.hasCrashed() && crashes++ < MOST_CRASHES && results.size() > before) {
          results.removeLast(); // not the student's fault, so the test runs again
          continue;
        }
      } catch (IOException e) {
        if (!fresh) {
          throw e;
        }
        continue;
      } finally {
        if (inOrder) {
          jvms.giveBack(jvm);
        } else {
          jvm.close();
        }
      }
      progress.throwIfCancelled();
      if (results.size() == before) {
        throw new IOException(
            "the JVM for the tests ended before " + tests.get(before).method() + " began");
      }
    }
    return new Verdict(List.copyOf(results), printed.toString());
  }

  /** Kills the JVMs that wait. */
  @Override
  public void close() throws IOException {
    jvms.close();
  }
}

package course.grader.prove;

import course.grader.engine.Engine;
import course.grader.model.Exercise;
import course.grader.model.RuleTest;
import course.grader.model.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works out verdicts side by side, for one proof or for several at once. Thread-safe. */
final class Verdicts implements AutoCloseable {
  /** Some verdicts only wait: with so many at once no core is ever idle. */
  private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

  private final Engine engine = Engine.forOurOwn(AT_ONCE);
  private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);

  /**
   * @throws IOException if there is no room for temporary files
   */
  Verdicts() throws IOException {}

  /**
   * Has some tests of an exercise run, when it is their turn.
   *
   * @param files what a student would change, by path
   * @param more the sources of tests that are not the exercise's, by path
   */
  Future<Verdict> of(
      Exercise exercise,
      Map<String, String> files,
      List<RuleTest> tests,
      Map<String, String> more) {
    return workers.submit(() -> engine.judge(exercise, files, tests, more));
  }

  /** Returns what the compiler has to say of an exercise's sources, with all of its warnings on. */
  List<String> warnings(Exercise exercise, Map<String, String> files) throws IOException {
    return engine.warnings(exercise, files);
  }

  /** Waits for those that are asked for, unless the calling thread is interrupted. */
  @Override
  public void close() throws IOException {
    workers.close();
    engine.close();
  }
}

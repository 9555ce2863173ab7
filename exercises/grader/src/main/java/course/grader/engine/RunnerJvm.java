package course.grader.engine;

import course.grader.engine.runner.Ended;
import course.grader.engine.runner.Wire;
import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.TestResult;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM that waits for a student's code, to run its tests. It is ready when the constructor
 * returns. Used by one thread at a time; any thread may close it, which kills it and its children.
 */
final class RunnerJvm implements AutoCloseable {
  /** Longer than any test: the tests bound themselves, see StoryExtension. */
  private static final Duration TEST_LIMIT = Duration.ofSeconds(40);

  private final RunnerProcess process;
  private final Wire wire;
  private boolean used; // for the thread that uses it
  private int printedBefore; // characters; the same

  /**
   * Waits until a runner is ready.
   *
   * @throws NotStarted if it does not get so; it is closed then
   */
  RunnerJvm(RunnerProcess process) throws NotStarted {
    this.process = process;
    wire = process.ready("the tests");
  }

  /** Returns the beginning of what it printed since the last run of tests began. */
  String printed() {
    return process.printed().substring(printedBefore);
  }

  /** Whether it has run tests before: threads of other classes may be left in it. */
  boolean isUsed() {
    return used;
  }

  /**
   * Runs tests until all are run or this JVM is of no further use.
   *
   * @param classes groups of class files, each by its path
   * @param tests those to run, in this order
   * @param deadline when all has to be over, in {@link System#nanoTime}
   * @param results gets the result of each test that was begun
   * @return whether all are run, and it can run others
   */
  boolean run(
      List<Map<String, byte[]>> classes,
      List<RuleTest> tests,
      long deadline,
      Consumer<TestResult> results)
      throws IOException {
    printedBefore = process.printed().length();
    var job = new ArrayList<String>();
    job.add("tests");
    job.add(String.valueOf(classes.size()));
    for (Map<String, byte[]> files : classes) {
      wire.send("files");
      wire.sendFiles(files);
      job.add(wire.receive().getFirst());
    }
    for (RuleTest test : tests) {
      job.add(Exercise.PACKAGE + "." + test.type());
      job.add(test.method());
    }
    wire.send(job.toArray(String[]::new));
    for (RuleTest test : tests) {
      TestResult result = result(test, deadline);
      if (result == null) {
        return false;
      }
      results.accept(result);
      if (result.outcome() != Outcome.PASSED && result.outcome() != Outcome.FAILED) {
        return false;
      }
    }
    used = true;
    return true;
  }

  /** Returns the next test's result; null if the JVM ended before it began. */
  private TestResult result(RuleTest test, long deadline) {
    boolean begun = false;
    try {
      List<String> message = receive(deadline);
      if (kind(message).equals("begins")) {
        begun = true;
        message = receive(deadline);
      }
      return switch (kind(message)) {
        case "exits" ->
            TestResult.of(
                test, Outcome.EXITED, "your code ended the JVM: System.exit" + message.getLast());
        case "ends" -> {
          Ended ended = Ended.of(message);
          yield new TestResult(test, ended.outcome(), ended.failure());
        }
        default -> throw new IOException("an unknown message: " + message);
      };
    } catch (SocketTimeoutException e) {
      return TestResult.of(
          test,
          Outcome.HUNG,
          "it never ended: it was stopped after "
              + TEST_LIMIT.toSeconds()
              + " seconds, and could not even be asked where it was");
    } catch (IOException e) {
      return begun ? ended(test) : null;
    }
  }

  private static String kind(List<String> message) {
    return message.isEmpty() ? "" : message.getFirst();
  }

  private List<String> receive(long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    process.readLimit((int) Math.clamp(left, 1, TEST_LIMIT.toMillis()));
    return wire.receive();
  }

  private TestResult ended(RuleTest test) {
    String end = process.end();
    return TestResult.of(
        test,
        Outcome.EXITED,
        hasCrashed()
            ? "the JVM itself crashed during this test"
            : "the JVM ended %s during this test".formatted(end).replace("  ", " "));
  }

  /** Whether the JVM's own code, not the student's, has ended it. */
  boolean hasCrashed() {
    return process.hasCrashed();
  }

  /** Ends it from any thread: who waits for its results gets an end of stream. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}

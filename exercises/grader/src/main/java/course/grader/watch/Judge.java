package course.grader.watch;

import course.grader.engine.Engine;
import course.grader.engine.Progress;
import course.grader.model.Exercise;
import course.grader.model.Submission;
import course.grader.model.Verdict;
import course.grader.model.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Runs the tests on a thread of its own, so that keys and saves are answered while they hang. Used
 * by the session's thread; what comes of a run is told in events, by the other one.
 */
final class Judge implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("waits for the tests").factory());

  private final Engine engine;
  private final Consumer<Event> tell;

  /** Counts the runs: what an earlier one has to say is of no interest. */
  private int run;

  private Progress progress = new Progress();

  /**
   * @param tell told what comes of each run, on another thread
   */
  Judge(Engine engine, Consumer<Event> tell) {
    this.engine = engine;
    this.tell = tell;
  }

  /** Begins a run with these files; it is the current one from now on. */
  void begin(Exercise exercise, Submission files) {
    cancel();
    int now = run;
    long start = System.nanoTime();
    var mine = new Progress(tests -> tell.accept(new Event.Ran(now, tests)));
    progress = mine;
    thread.execute(() -> {
      try {
        Verdict verdict = engine.judge(exercise, files, mine);
        var took = Duration.ofNanos(System.nanoTime() - start);
        tell.accept(new Event.Judged(now, verdict, took));
        List<String> remarks = Remarks.of(engine, exercise, files, verdict);
        if (!remarks.isEmpty()) {
          tell.accept(new Event.Remarked(now, remarks));
        }
      } catch (IOException | RuntimeException e) {
        if (!mine.isCancelled()) {
          tell.accept(new Event.Failed(now, Words.of(e)));
        }
      }
    });
  }

  /** Ends the run that is under way; none is current until the next one begins. */
  void cancel() {
    progress.cancel();
    run++;
  }

  /** Returns whether what a run tells is of interest. */
  boolean isCurrent(int number) {
    return number == run;
  }

  /** Ends the run that is under way, and the thread. */
  @Override
  public void close() {
    progress.cancel();
    thread.shutdownNow(); // it may wait for a JVM that is being started
    thread.close();
  }
}

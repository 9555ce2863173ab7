package course.grader.engine;

import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/** How far one verdict is, and the way to end it early. Thread-safe. */
public final class Progress {
  private final IntConsumer done;
  private RunnerJvm jvm; // guarded by this
  private boolean cancelled; // guarded by this

  /** Nobody looks on. */
  public Progress() {
    this(_ -> {});
  }

  /**
   * @param done gets the number of tests that have ended, each time that it changes, on the thread
   *     that asked for the verdict
   */
  public Progress(IntConsumer done) {
    this.done = done;
  }

  /** Ends the verdict, in the middle of a test that hangs too: kills the JVM that runs it. */
  public synchronized void cancel() {
    cancelled = true;
    if (jvm != null) {
      jvm.kill();
    }
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void runsIn(RunnerJvm now) {
    throwIfCancelled();
    jvm = now;
  }

  void at(int tests) {
    done.accept(tests);
  }

  synchronized void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("nobody waits for this verdict any more");
    }
  }
}

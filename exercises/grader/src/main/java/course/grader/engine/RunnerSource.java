package course.grader.engine;

import java.io.IOException;

/** Where runners come from: this machine, or containers on it. Thread-safe. */
public interface RunnerSource extends AutoCloseable {
  /**
   * Starts one, and does not wait until it is ready. The caller closes it.
   *
   * @throws IOException if there can be none, with the reason
   */
  RunnerProcess start() throws IOException;

  @Override
  void close() throws IOException;
}

package course.grader.engine;

import course.grader.engine.runner.Wire;
import java.io.IOException;

/**
 * A JVM that has been started, with a {@link course.grader.engine.runner.Runner} in it. Used by one
 * thread at a time, but for {@link #kill} and {@link #printed}.
 */
public interface RunnerProcess extends AutoCloseable {
  /**
   * Returns the channel to the runner, which has said nothing yet but that it is the one.
   *
   * @throws IOException if it does not call in time, or is another
   */
  Wire connect() throws IOException;

  /**
   * Returns the channel to the runner when that is ready.
   *
   * @param jvm what it is for, such as "the tests"
   * @throws NotStarted if it does not get so; it is closed then
   */
  default Wire ready(String jvm) throws NotStarted {
    try {
      Wire wire = connect();
      wire.expect("ready");
      return wire;
    } catch (IOException e) {
      close();
      throw new NotStarted(jvm, e, printed());
    }
  }

  /**
   * Sets how long a read may wait: then it throws a {@link java.net.SocketTimeoutException}. A
   * sandbox counts from this call on, however slowly bytes come meanwhile.
   *
   * @param millis at least 1
   */
  void readLimit(int millis) throws IOException;

  /** Returns the beginning of what it printed. */
  String printed();

  /** Returns how it has ended, after a moment for that, such as "with status 1"; or empty. */
  String end();

  /** Whether a fault of the JVM's own, such as a SIGSEGV, has ended it. */
  boolean hasCrashed();

  /** Ends it and its children from any thread: who waits for it gets an end of stream. */
  void kill();

  /** Kills it, and waits until it has ended. */
  @Override
  void close();
}

package course.testkit;

import org.opentest4j.AssertionFailedError;

/** The verdict on code that took all memory: what it holds, the next test does not have. */
public final class OutOfMemoryFailure extends AssertionFailedError {
  private static final long serialVersionUID = 1;

  OutOfMemoryFailure(String message) {
    super(message);
  }
}

package course.testkit;

import org.opentest4j.AssertionFailedError;

/** The verdict on a test that did not end: threads of the student's code may still be running. */
public final class HangError extends AssertionFailedError {
  private static final long serialVersionUID = 1;

  HangError(String message) {
    super(message);
  }
}

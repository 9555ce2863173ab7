package course.testkit;

import org.opentest4j.AssertionFailedError;

/** A test's failure, with its parts: the message is all of them. */
public final class StoryError extends AssertionFailedError {
  private static final long serialVersionUID = 1;

  /** How the test ended. */
  public enum End {
    /** A rule is broken. */
    FAILED,
    /** It did not end: threads of the student's code may still be running. */
    HUNG,
    /** The code took all memory: what it holds, the next test does not have. */
    OUT_OF_MEMORY
  }

  private final End end;
  private final transient Failure failure;

  StoryError(End end, Failure failure) {
    super(failure.text());
    this.end = end;
    this.failure = failure;
  }

  public End end() {
    return end;
  }

  public Failure failure() {
    return failure;
  }
}

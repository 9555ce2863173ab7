package course.grader.engine;

import java.io.IOException;
import java.io.Serial;

/** A JVM does not start, or is not ready in time. It knows of no submission yet: none is why. */
public final class NotStarted extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * @param jvm what it is for, such as "the tests"
   * @param printed what it has printed
   */
  public NotStarted(String jvm, Throwable cause, String printed) {
    super(
        "a JVM for %s did not start: %s %s".formatted(jvm, cause.getMessage(), printed).strip(),
        cause);
  }
}

package course.grader.grade.intake;

import java.io.IOException;

/**
 * A repository's host can't be asked. That may be the network's fault, ours, or that of the URL, so
 * it is no reason for a mark.
 */
final class Unreachable extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param host which one
   * @param what what it does or does not, to go on after its name
   */
  Unreachable(String host, String what) {
    super(
        "the repository's host %s %s: is the network up, and is the URL right? --only-errors tries"
                .formatted(Shown.name(host), what)
            + " again");
  }

  Unreachable(String host, String what, Exception cause) {
    this(host, what);
    initCause(cause);
  }
}

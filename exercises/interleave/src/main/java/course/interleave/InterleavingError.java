package course.interleave;

import course.interleave.explore.Result.Finding;

/**
 * An order of steps in which the code under test fails. The message tells it step by step; the
 * cause is what was thrown, if anything was.
 */
public final class InterleavingError extends AssertionError {
  private static final long serialVersionUID = 1;

  private final String schedule;

  InterleavingError(Finding finding) {
    super(finding.report(), finding.cause());
    schedule = finding.schedule();
  }

  /** Returns what {@link Interleavings#replay} takes to run this order of steps again. */
  public String schedule() {
    return schedule;
  }
}

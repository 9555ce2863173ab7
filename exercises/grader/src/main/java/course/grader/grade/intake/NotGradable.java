package course.grader.grade.intake;

import java.io.IOException;

/** What a student handed in can't be used, and this says why: an error of nobody but them. */
final class NotGradable extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param why one line: what is wrong, where, and what was found
   */
  NotGradable(String why) {
    super(why);
  }

  NotGradable(String why, Exception cause) {
    super(why, cause);
  }
}

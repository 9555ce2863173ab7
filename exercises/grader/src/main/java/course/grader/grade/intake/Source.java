package course.grader.grade.intake;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.State;
import course.grader.model.Words;
import java.io.IOException;

/** Where one student's files come from. Thread-safe: each reading is on its own. */
public interface Source {
  /** Returns whose they are, as the folder, the archive or the roster has the name. */
  String student();

  /**
   * Reads the files, now. What a student did never makes it fail: it is in the answer.
   *
   * @return what was handed in, or why there is nothing to grade
   */
  default HandIn read() {
    try {
      return files();
    } catch (NotGradable e) {
      return Choice.refused(student(), State.NOT_GRADABLE, e.getMessage());
    } catch (Unreachable e) {
      return Choice.refused(student(), State.GRADER_ERROR, e.getMessage());
    } catch (IOException | RuntimeException e) {
      Exception known = e instanceof IOException io ? io : (RuntimeException) e;
      return Choice.refused(student(), State.GRADER_ERROR, Shown.name(Words.of(known)));
    }
  }

  /**
   * Reads the files.
   *
   * @throws IOException if that fails for a reason that is not the student's
   */
  HandIn files() throws IOException;
}

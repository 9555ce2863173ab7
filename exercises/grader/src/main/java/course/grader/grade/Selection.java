package course.grader.grade;

import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is graded once more, even if nothing has changed. Immutable.
 *
 * @param names of these students; empty: of no one for this reason
 * @param failed those who have not all points
 * @param errors those with a grader error
 */
record Selection(Set<String> names, boolean failed, boolean errors) {
  /** Whether others keep the results that they have, whatever they have handed in since. */
  boolean isLimited() {
    return !names.isEmpty() || failed || errors;
  }

  /**
   * Tells whether a student is graded once more.
   *
   * @param last what the last run said; empty if there was none
   */
  boolean includes(String student, Optional<Mark> last) {
    return names.contains(student)
        || (failed && last.map(Selection::lacksPoints).orElse(true))
        || (errors && last.map(mark -> mark.state() == State.GRADER_ERROR).orElse(true));
  }

  private static boolean lacksPoints(Mark mark) {
    return mark.state() != State.GRADED || !mark.brokenRules().isEmpty();
  }

  /** Returns a name that nobody in the class has. */
  Optional<String> unknown(List<String> students) {
    return names.stream().filter(name -> !students.contains(name)).findFirst();
  }
}

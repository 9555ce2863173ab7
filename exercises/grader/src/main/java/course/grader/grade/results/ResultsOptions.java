package course.grader.grade.results;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How results are written. Immutable.
 *
 * @param manual a table {@code student,points,comment} that is shown beside the marks
 * @param anonymous whether pseudonyms stand for the students in all that is written
 */
public record ResultsOptions(Optional<Path> manual, boolean anonymous) {
  /** Nothing beside the marks, and names as they are. */
  public static final ResultsOptions PLAIN = new ResultsOptions(Optional.empty(), false);
}

package course.grader.grade;

import course.grader.grade.results.Results;
import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the results of a class go; it need not be there yet. */
final class OutputFolder {
  private OutputFolder() {}

  /** Returns the usual one: it is no other exercise's. */
  static Path beside(Path submissions, Exercise exercise) {
    Path from = submissions.toAbsolutePath().normalize();
    String name = from.getFileName().toString().replaceFirst("\\.(csv|zip|tar|tgz|tar\\.gz)$", "");
    return from.resolveSibling("%s-ex%s-grades".formatted(name, exercise.number()));
  }

  /**
   * Tells whether results in a folder would be among the submissions: a student's the next time.
   */
  static boolean isAmong(Path submissions, Path out) throws IOException {
    Path from = submissions.toRealPath();
    for (String folder : Results.FOLDERS) { // submissions may be one of them, too
      if (real(out.resolve(folder).toAbsolutePath()).startsWith(from)) {
        return true;
      }
    }
    return false;
  }

  /** Returns where a path leads, through links and .., though its end may not be there yet. */
  private static Path real(Path path) throws IOException {
    return Files.exists(path)
        ? path.toRealPath()
        : real(path.getParent()).resolve(path.getFileName()).normalize();
  }
}

package course.grader.watch;

import course.grader.engine.Engine;
import course.grader.grade.walls.AllowList;
import course.grader.model.Exercise;
import course.grader.model.Folders;
import course.grader.model.Submission;
import course.grader.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says beforehand what would not be run when a class is graded. */
public final class Gradable {
  private Gradable() {}

  /**
   * Returns what a student's files use that they must not: a line each, with file and line.
   *
   * @param verdict what the tests say of the files; if they did not compile, nothing is refused
   * @throws IOException if that can't be found out
   */
  public static List<String> refusals(
      Engine engine, Exercise exercise, Submission files, Verdict verdict) throws IOException {
    if (verdict.reasonNotRun().isPresent()) {
      return List.of();
    }
    Path classes = Files.createTempDirectory("exercise");
    try {
      return engine.compile(exercise, files.texts(), classes).isEmpty()
          ? refusals(exercise, Folders.bytes(classes)).stream()
              .map(refusal -> "This will not be graded: " + refusal)
              .toList()
          : List.of();
    } finally {
      Folders.delete(classes);
    }
  }

  private static List<String> refusals(Exercise exercise, Map<String, byte[]> files)
      throws IOException {
    return AllowList.of(exercise).refusals(exercise.studentsClasses(files), Set.of());
  }
}

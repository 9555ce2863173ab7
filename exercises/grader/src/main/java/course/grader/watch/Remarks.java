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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says of a student's files what the tests do not. */
public final class Remarks {
  private Remarks() {}

  /**
   * Returns what would not be run when a class is graded, and, if a test fails, which fields all
   * tests share: a line each.
   *
   * @param verdict what the tests say of the files; if they did not compile, there is no remark
   * @throws IOException if the files can't be compiled again
   */
  public static List<String> of(Engine engine, Exercise exercise, Submission files, Verdict verdict)
      throws IOException {
    if (verdict.reasonNotRun().isPresent()) {
      return List.of();
    }
    Path classes = Files.createTempDirectory("exercise");
    try {
      return engine.compile(exercise, files.texts(), classes).isEmpty()
          ? of(exercise, exercise.studentsClasses(Folders.bytes(classes)), verdict)
          : List.of();
    } finally {
      Folders.delete(classes);
    }
  }

  private static List<String> of(Exercise exercise, Map<String, byte[]> classes, Verdict verdict)
      throws IOException {
    var remarks = new ArrayList<String>();
    for (String refusal : AllowList.of(exercise).refusals(classes, Set.of())) {
      remarks.add("This will not be graded: " + refusal);
    }
    if (!verdict.passed()) {
      remarks.addAll(StaticFields.remarks(classes.values()));
    }
    return remarks;
  }
}

package course.checks;

import com.github.difflib.patch.PatchFailedException;
import course.grader.model.FilePatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Another version of a lesson, as a patch that {@code git apply} takes: a tempting wrong one in the
 * lesson's folder {@code wrong}, or what its page asks for under "Modify".
 *
 * @param patch the patch, as the course names it; it has the lesson's name in it
 */
record LessonPatch(String patch) {
  /** Where the solutions of "Modify" are; a copy of the course for students lacks it. */
  static final String SOLUTIONS = "exercises/solutions/lessons";

  static List<LessonPatch> all(Course course) throws IOException {
    var all = new ArrayList<>(wrong(course));
    all.addAll(in(course, SOLUTIONS));
    return all;
  }

  static List<LessonPatch> wrong(Course course) throws IOException {
    var wrong = new ArrayList<LessonPatch>();
    for (String lesson : Course.LESSONS) {
      wrong.addAll(in(course, lesson + "/wrong"));
    }
    return wrong;
  }

  private static List<LessonPatch> in(Course course, String folder) throws IOException {
    return course.filesUnder(folder, file -> file.endsWith(".patch")).stream()
        .map(LessonPatch::new)
        .toList();
  }

  String lesson() {
    return Course.LESSONS.stream().filter(patch::contains).findFirst().orElseThrow();
  }

  /**
   * Returns the changed files, by their names in the lesson.
   *
   * @throws PatchFailedException if lines that the patch changes are not where they were
   */
  Map<String, List<String>> apply(Course course) throws PatchFailedException {
    return FilePatch.of(course.lines(patch)).apply(file -> lines(course, file));
  }

  /**
   * Returns the patch as it is for files whose other lines have moved, or changed a little.
   *
   * @throws PatchFailedException if it can't be told where its changes belong
   */
  List<String> renewed(Course course) throws PatchFailedException {
    return FilePatch.of(course.lines(patch)).renewed(file -> lines(course, file)).lines();
  }

  private List<String> lines(Course course, String file) {
    return course.lines(lesson() + "/" + file);
  }
}

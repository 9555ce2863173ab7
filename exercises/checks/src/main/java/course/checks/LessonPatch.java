package course.checks;

import com.github.difflib.patch.PatchFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  private static final String BEFORE = "--- a/";

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
    var changed = new LinkedHashMap<String, List<String>>();
    for (var diff : diffs(course).entrySet()) {
      changed.put(
          diff.getKey(), Diffs.parse(diff.getValue()).applyTo(lines(course, diff.getKey())));
    }
    return changed;
  }

  /**
   * Returns the patch as it is for files whose other lines have moved, or changed a little.
   *
   * @throws PatchFailedException if it can't be told where its changes belong
   */
  List<String> renewed(Course course) throws PatchFailedException {
    var renewed = new ArrayList<String>();
    for (var diff : diffs(course).entrySet()) {
      String file = diff.getKey();
      List<String> right = lines(course, file);
      List<String> wrong = Diffs.parse(diff.getValue()).applyFuzzy(right, 3);
      renewed.addAll(Diffs.unified("a/" + file, right, "b/" + file, wrong));
    }
    return renewed;
  }

  /** Cuts the patch into one diff a file. */
  private Map<String, List<String>> diffs(Course course) {
    var diffs = new LinkedHashMap<String, List<String>>();
    List<String> diff = new ArrayList<>();
    for (String line : course.lines(patch)) {
      if (line.startsWith(BEFORE)) {
        diff = new ArrayList<>();
        diffs.put(line.substring(BEFORE.length()), diff);
      }
      diff.add(line);
    }
    return diffs;
  }

  private List<String> lines(Course course, String file) {
    return course.lines(lesson() + "/" + file);
  }
}

package course.checks;

import course.grader.model.Diffs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one change from a lesson to the next.
 *
 * @param before the lesson that is changed
 * @param after the lesson that comes of it
 * @param mayChange the files of {@code src} that may differ, beside the lesson's own test
 * @param budget how many lines the change may add and remove in {@code src/main}, both counted: so
 *     much can be read out loud in a minute or two
 */
record Step(String before, String after, Set<String> mayChange, int budget) {
  private static final String MAIN = "src/main/java/course/server/";
  private static final String TEST = "src/test/java/course/server/";

  /** All steps. To change one of these numbers or files is to change what a lesson teaches. */
  static final List<Step> ALL =
      List.of(
          new Step(
              "lesson1-server",
              "lesson2-concurrency",
              Set.of(
                  MAIN + "Connection.java",
                  MAIN + "Handlers.java",
                  MAIN + "Main.java",
                  MAIN + "Server.java",
                  TEST + "TestServer.java"), // makes the handlers, as Main does
              100),
          new Step(
              "lesson2-concurrency",
              "lesson3-pool",
              Set.of(MAIN + "Handlers.java", MAIN + "Main.java", TEST + "TestServer.java"),
              60),
          new Step("lesson3-pool", "lesson4-pool-dyn", Set.of(MAIN + "Handlers.java"), 24));

  /** Returns the page that shows this step's diff. */
  String page() {
    return after + "/README.md";
  }

  /** Returns what {@code diff -ruN before/src/main after/src/main} prints, without its times. */
  List<String> diff(Course course) throws IOException {
    var diff = new ArrayList<String>();
    for (String file : filesOfBoth(course, "src/main")) {
      diff.addAll(
          Diffs.unified(
              name(course, before, file), lines(course, before, file),
              name(course, after, file), lines(course, after, file)));
    }
    return diff;
  }

  private static String name(Course course, String lesson, String file) {
    return course.exists(lesson + "/" + file) ? lesson + "/" + file : "/dev/null";
  }

  private static List<String> lines(Course course, String lesson, String file) {
    return course.exists(lesson + "/" + file) ? course.lines(lesson + "/" + file) : List.of();
  }

  /** Returns the files of this step's lessons, in one of them or both, as named inside a lesson. */
  Set<String> filesOfBoth(Course course, String folder) throws IOException {
    var files = new TreeSet<String>();
    for (String lesson : List.of(before, after)) {
      for (String file : course.filesUnder(lesson + "/" + folder, _ -> true)) {
        files.add(file.substring(lesson.length() + 1));
      }
    }
    return files;
  }

  /** Returns whether a file of {@code src} may differ between the two lessons. */
  boolean mayDiffer(String file) {
    return mayChange.contains(file) || file.equals(TEST + "LessonTest.java");
  }
}

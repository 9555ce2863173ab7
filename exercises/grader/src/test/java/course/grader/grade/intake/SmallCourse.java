package course.grader.grade.intake;

import course.grader.grade.model.HandIn;
import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Exercises that are small, in a course with names that occur more than once. */
record SmallCourse(Path root) {
  static final String POOL = "src/main/java/course/server/Pool.java";
  static final String SERVER = "src/main/java/course/server/Server.java";
  static final String CONNECTION = "src/main/java/course/server/Connection.java";

  static SmallCourse in(Path root) throws IOException {
    var course = new SmallCourse(Files.createDirectories(root));
    course.exercise("ex4-pool", List.of(POOL));
    course.exercise("ex5-elastic", List.of(POOL));
    course.exercise("ex6-stop", List.of(SERVER, CONNECTION));
    write(root.resolve("lesson3-pool/pom.xml"), "<project/>");
    return course;
  }

  private void exercise(String name, List<String> files) throws IOException {
    Path folder = root.resolve("exercises").resolve(name);
    String editable =
        files.stream().map(file -> '"' + file + '"').collect(Collectors.joining(", "));
    write(
        folder.resolve(Exercise.FILE),
        """
        {"title": "t", "lesson": "lesson3-pool", "editable": [%s]}
        """
            .formatted(editable));
    for (String file : files) {
      write(folder.resolve(file), "class Starter {}\n");
    }
    write(folder.resolve("src/main/java/course/server/Task.java"), "interface Task {}\n");
  }

  /** Returns exercise 4, which has one file that students change. */
  Exercise pool() throws IOException {
    return Exercise.read(root.resolve("exercises/ex4-pool"));
  }

  /** Returns exercise 6, which has two. */
  Exercise stop() throws IOException {
    return Exercise.read(root.resolve("exercises/ex6-stop"));
  }

  /** Returns what a student of exercise 4 has handed in whose line in the roster has this URL. */
  HandIn handIn(String url, IntakeOptions options) throws IOException {
    Path roster = root.resolveSibling("roster.csv");
    Files.writeString(roster, "student,url\nAnn," + url + "\n");
    return Intake.of(roster, pool(), options).sources().getFirst().read();
  }

  /** Returns the text that was taken for exercise 4, or why none was. */
  static String outcome(HandIn handIn) {
    return handIn
        .refusal()
        .map(refusal -> refusal.state().words() + ": " + refusal.why())
        .orElseGet(() -> handIn.files().texts().get(POOL).strip());
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Writes files, by their paths below a folder; returns the folder. */
  static Path write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }
}

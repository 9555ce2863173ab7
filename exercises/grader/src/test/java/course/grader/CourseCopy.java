package course.grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A course with one real exercise in it, to work on. */
public final class CourseCopy {
  private CourseCopy() {}

  /** Copies exercise 1 into a course's root folder; returns where it is. */
  public static Path make(Path root) throws IOException {
    Path exercise = Files.createDirectories(root.resolve("exercises/ex1-framing"));
    copy(Path.of("../ex1-framing"), exercise);
    return exercise;
  }

  /**
   * Copies exercise 1 with its solutions, and what of the course speaks of it, into a course's root
   * folder; returns where the exercise is.
   */
  public static Path makeWithSolutions(Path root) throws IOException {
    for (String file :
        List.of("exercises/pom.xml", "exercises/README.md", "lesson1-server/README.md")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(Path.of("../..", file), root.resolve(file));
    }
    String solutions = "solutions/ex1-framing";
    copy(Path.of("..", solutions), root.resolve("exercises").resolve(solutions));
    return make(root);
  }

  /** Copies a folder's files, but for what the build makes in {@code target}. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path name = from.relativize(path);
        if (!name.startsWith("target")) {
          Path copy = to.resolve(name.toString());
          Files.createDirectories(copy.getParent());
          Files.copy(path, copy);
        }
      }
    }
  }
}

package course.grader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

package course.grader.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What this JVM runs with. */
public final class ClassPath {
  private ClassPath() {}

  /** Returns its folders and jars: what the exercises' tests are compiled and run with. */
  public static List<Path> ours() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }
}

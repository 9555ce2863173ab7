package course.grader.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An exercise's reference solution and wrong versions, which students do not get. Immutable. */
public record Solutions(Exercise exercise) {
  /** Returns where they are; a student's copy of the course has no such folder. */
  public Path folder() {
    return exercise.folder().resolveSibling("solutions").resolve(exercise.name());
  }

  /** Returns the text of each file that a student changes, as the reference solution has it. */
  public Map<String, String> reference() throws IOException {
    return version(folder());
  }

  /**
   * Returns the student's files as another version has them: a folder with those files that differ
   * from the reference solution, no folders in it.
   */
  public Map<String, String> version(Path version) throws IOException {
    var files = exercise.student();
    for (Path folder : List.of(folder(), version)) {
      for (String file : exercise.about().editable()) {
        Path changed = folder.resolve(Path.of(file).getFileName().toString());
        if (Files.exists(changed)) {
          files.put(file, Files.readString(changed));
        }
      }
    }
    return files;
  }

  /** Returns the folders of the wrong versions, in order. */
  public List<Path> wrongVersions() throws IOException {
    Path wrong = folder().resolve("wrong");
    if (!Files.isDirectory(wrong)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(wrong)) {
      return versions.filter(Files::isDirectory).sorted().toList();
    }
  }
}

package course.grader.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the JDK lacks for folders. */
public final class Folders {
  private Folders() {}

  /** Returns the files in a folder and its folders, sorted; none if there is no such folder. */
  public static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Returns the bytes of the files in a folder and its folders, by their paths in it, with /. */
  public static Map<String, byte[]> bytes(Path folder) throws IOException {
    var bytes = new LinkedHashMap<String, byte[]>();
    for (Path file : files(folder)) {
      bytes.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
    }
    return bytes;
  }

  /** Writes files into a folder, by their paths in it, with /. */
  public static void write(Path folder, Map<String, byte[]> bytes) throws IOException {
    for (var file : bytes.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** Deletes a folder and all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}

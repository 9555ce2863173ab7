package course.grader.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A file of pinned failures: each section begins with {@code == } and a test's name. */
final class Pins {
  private Pins() {}

  /** Returns the sections, by test; none if there is no such file. */
  static Map<String, String> read(Path file) throws IOException {
    var pinned = new TreeMap<String, String>();
    if (Files.exists(file)) {
      for (String section : Files.readString(file).replace("\r", "").split("(?m)^== ", -1)) {
        if (!section.isBlank()) {
          String[] parts = section.split("\n", 2);
          pinned.put(parts[0].strip(), parts.length == 1 ? "" : parts[1].strip());
        }
      }
    }
    return pinned;
  }

  static void write(Path file, Map<String, String> failures) throws IOException {
    var text = new StringBuilder();
    failures.forEach((test, why) -> text.append("== %s\n%s\n\n".formatted(test, why)));
    Files.writeString(file, text.toString().strip() + "\n");
  }
}

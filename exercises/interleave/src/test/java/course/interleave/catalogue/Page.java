package course.interleave.catalogue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of the module's README that are measured: each between two marks with its name. */
final class Page {
  private static final Path FILE =
      Path.of(System.getProperty("course", "../.."), "exercises", "interleave", "README.md");

  private Page() {}

  /** Returns the lines of a part. */
  static List<String> part(String name) throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    return lines.subList(begin(lines, name), end(lines, name));
  }

  /** Writes a part anew. */
  static void write(String name, List<String> part) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(FILE));
    List<String> old = lines.subList(begin(lines, name), end(lines, name));
    old.clear();
    old.addAll(part);
    Files.writeString(FILE, String.join("\n", lines) + "\n");
  }

  private static int begin(List<String> lines, String name) {
    return at(lines, "<!-- measured: " + name + " -->") + 1;
  }

  private static int end(List<String> lines, String name) {
    return at(lines, "<!-- end of " + name + " -->");
  }

  private static int at(List<String> lines, String mark) {
    int at = lines.indexOf(mark);
    if (at < 0) {
      throw new IllegalStateException("README.md has no line " + mark);
    }
    return at;
  }

  /** Returns the first cell of each row of the last table in a part. */
  static List<String> rows(String name) throws IOException {
    List<String> lines = part(name);
    int rule = lastIndexOf(lines, "| --- |");
    return lines.subList(rule + 1, lines.size()).stream()
        .filter(line -> line.startsWith("| "))
        .map(line -> line.substring(2, line.indexOf(" |")))
        .toList();
  }

  private static int lastIndexOf(List<String> lines, String start) {
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        last = i;
      }
    }
    return last;
  }

  /** Returns a row of a table, or with rules only, the line below its head. */
  static String row(List<?> cells) {
    return "| " + String.join(" | ", cells.stream().map(Object::toString).toList()) + " |";
  }

  /** Returns a table's head and the line below it. */
  static List<String> head(List<String> titles) {
    return List.of(row(titles), row(titles.stream().map(_ -> "---").toList()));
  }

  /** Says what the figures were measured on; the load is that of the last minute. */
  static String machine(double loadBefore) {
    double load = load();
    String loads =
        load < 0
            ? ""
            : String.format(
                Locale.ROOT, "%nThe load was %.1f before and %.1f at the end.", loadBefore, load);
    return "Measured on %d cores with Java %s.%s"
        .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version().feature(), loads);
  }

  /** Returns how many threads wanted a core in the last minute, or less than 0 if nobody knows. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}

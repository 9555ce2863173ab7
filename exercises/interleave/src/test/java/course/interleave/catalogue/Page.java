package course.interleave.catalogue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page of the module. What is measured stands between two marks with its name. */
enum Page {
  /** Has a sentence of each table. */
  README("README.md"),
  MEASURED("MEASURED.md");

  private final Path file;

  Page(String name) {
    file = folder().resolve(name);
  }

  /** Returns the module's folder. */
  static Path folder() {
    return Path.of(System.getProperty("course", "../.."), "exercises", "interleave");
  }

  /** Returns the lines of a part. */
  List<String> part(String name) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.subList(begin(lines, name), end(lines, name));
  }

  /** Writes a part anew. */
  void write(String name, List<String> part) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(file));
    List<String> old = lines.subList(begin(lines, name), end(lines, name));
    old.clear();
    old.addAll(part);
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private int begin(List<String> lines, String name) {
    return at(lines, "<!-- measured: " + name + " -->") + 1;
  }

  private int end(List<String> lines, String name) {
    return at(lines, "<!-- end of " + name + " -->");
  }

  private int at(List<String> lines, String mark) {
    int at = lines.indexOf(mark);
    if (at < 0) {
      throw new IllegalStateException(file.getFileName() + " has no line " + mark);
    }
    return at;
  }

  /** Returns a row of a table. */
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

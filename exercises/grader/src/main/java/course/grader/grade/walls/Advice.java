package course.grader.grade.walls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Why something is not allowed, and what to use instead, as {@code instead.txt} says it. */
final class Advice {
  private static final String OTHERWISE =
      "it is not on the list of what this exercise needs: do without it, or ask for it";

  private final List<Line> lines = new ArrayList<>();

  private record Line(String beginning, String advice) {}

  Advice(String text) {
    for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      String[] parts = line.split(": ", 2);
      for (String beginning : parts[0].split(" ", -1)) {
        lines.add(new Line(beginning, parts[1]));
      }
    }
    lines.sort(Comparator.comparingInt((Line line) -> line.beginning().length()).reversed());
  }

  /**
   * Returns what to say.
   *
   * @param what the full name of a class, with slashes; or that, a dot and a member
   */
  String on(String what) {
    String name = what.replace('/', '.').replace('$', '.');
    return lines.stream()
        .filter(line -> name.startsWith(line.beginning()))
        .map(Line::advice)
        .findFirst()
        .orElse(OTHERWISE);
  }

  /** Returns what the lines are about. */
  List<String> beginnings() {
    return lines.stream().map(Line::beginning).toList();
  }
}

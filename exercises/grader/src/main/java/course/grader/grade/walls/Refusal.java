package course.grader.grade.walls;

import java.util.Comparator;

/**
 * What may not be used, and where it is. Immutable.
 *
 * @param file the source's name
 * @param line 0 if there is none
 * @param text what is used, why not, and what to use instead
 */
record Refusal(String file, int line, String text) {
  /** As a reader goes through the files. */
  static final Comparator<Refusal> ORDER =
      Comparator.comparing(Refusal::file)
          .thenComparingInt(Refusal::line)
          .thenComparing(Refusal::text);

  @Override
  public String toString() {
    return file + (line == 0 ? "" : ":" + line) + ": " + text;
  }
}

package course.grader.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An exercise's page, which a student reads. Immutable.
 *
 * @param text all of it, with {@code \n} at the ends of its lines
 */
public record ExercisePage(String text) {
  static final String FILE = "README.md";

  private static final Pattern RULE =
      Pattern.compile("(?m)^(\\d+)\\. \\*\\*(.+?)\\*\\*", Pattern.DOTALL);
  private static final Pattern HINT =
      Pattern.compile(
          "<details>\\s*<summary>Hint (\\d)[^<]*</summary>\\s*(.*?)\\s*</details>", Pattern.DOTALL);

  /** A numbered part of the page, with its number as it is written. */
  public record Numbered(String number, String text) {}

  static ExercisePage read(Path folder) throws IOException {
    return new ExercisePage(Files.readString(folder.resolve(FILE)).replace("\r", ""));
  }

  public boolean hasSection(String heading) {
    return text.contains("\n## " + heading + "\n");
  }

  /** Returns the rules' own sentences, without what explains them. */
  public List<Numbered> rules() {
    return find(RULE, section("What must hold"));
  }

  /** Returns the hints as they are written, the least direct first. */
  public List<Numbered> hints() {
    return find(HINT, section("Hints"));
  }

  private static List<Numbered> find(Pattern pattern, String section) {
    return pattern
        .matcher(section)
        .results()
        .map(found -> new Numbered(found.group(1), found.group(2)))
        .toList();
  }

  private String section(String heading) {
    int start = text.indexOf("\n## " + heading + "\n");
    if (start < 0) {
      return "";
    }
    int end = text.indexOf("\n## ", start + 1);
    return text.substring(start, end < 0 ? text.length() : end);
  }
}

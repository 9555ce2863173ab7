package course.grader.grade.intake;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How names and times that others made are said in a line of ours. */
final class Shown {
  private static final int LENGTH = 120;
  private static final int NAMES = 3;

  private Shown() {}

  /** Returns a name in one line: no control characters, nor ones that turn the text around. */
  static String name(String name) {
    String plain = name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
    return plain.length() <= LENGTH ? plain : "…" + plain.substring(plain.length() - LENGTH);
  }

  /** Returns the first few of some names, and how many there are besides. */
  static String names(List<String> names) {
    List<String> first = names.stream().sorted().limit(NAMES).map(Shown::name).toList();
    int more = names.size() - first.size();
    if (more > 0) {
      return String.join(", ", first) + " and " + more + " more";
    }
    int last = first.size() - 1;
    return last < 1
        ? String.join("", first)
        : String.join(", ", first.subList(0, last)) + " and " + first.get(last);
  }

  /** Returns how long something took in its two largest units, such as 2 h 5 min. */
  static String time(Duration time) {
    long[] parts = {time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart()};
    String[] units = {parts[0] == 1 ? " day" : " days", " h", " min", " s"};
    var words = new StringBuilder();
    for (int i = 0, said = 0; i < parts.length && said < 2; i++) {
      if (parts[i] != 0) {
        words.append(said == 0 ? "" : " ").append(parts[i]).append(units[i]);
        said++;
      } else if (said > 0) {
        break;
      }
    }
    return words.isEmpty() ? "less than 1 s" : words.toString();
  }

  /** Returns the last part of a path with slashes. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

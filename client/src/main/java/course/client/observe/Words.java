package course.client.observe;

import java.time.Duration;
import java.util.Locale;

/** How times, counts and a server's own words are shown. */
public final class Words {
  private Words() {}

  /** Three digits are enough for an eye: {@code 8.02 s}, {@code 250 ms}. */
  public static String time(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return seconds < 0.9995
        ? Math.round(seconds * 1000) + " ms"
        : String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }

  /** {@code 1 message}, {@code 2 messages}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /**
   * Makes text from a server harmless to a terminal: what could move the cursor, colour, hide or
   * reorder what is shown is written out, like <code>&#92;u001b</code>.
   */
  public static String printable(String text) {
    var result = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.PRIVATE_USE,
                Character.UNASSIGNED,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                result.append(String.format(Locale.ROOT, "\\u%04x", c));
            default -> result.appendCodePoint(c);
          }
        });
    return result.toString();
  }
}

package course.client.observe;

import java.nio.charset.Charset;
import java.time.Duration;

/**
 * How a timeline looks in text, at most 80 columns wide: a row a message, its bar up to the reply.
 */
final class Chart {
  private static final int COLUMNS = 80;

  private final String block;
  private final int label; // columns, for the number
  private final int width; // columns, of the longest bar

  /**
   * @param charset of the terminal; without block characters in it, the bars are of {@code #}
   */
  Chart(int messages, Charset charset) {
    block = charset.newEncoder().canEncode('█') ? "█" : "#";
    label = Math.max("message".length(), Integer.toString(messages).length());
    width = COLUMNS - label - " | ".length() - ">  999.9 s".length();
  }

  /** The line above the rows. */
  String heading() {
    return row("message", "sent to replied");
  }

  /**
   * A message that was answered.
   *
   * @param longest the time that has the longest bar; a longer time has a bar that is cut off
   */
  String row(int message, Duration replied, Duration longest) {
    int length = Math.clamp(length(replied, longest), 1, width);
    String cut = cuts(replied, longest) ? ">" : "";
    return row(message, block.repeat(length) + cut + "  " + Words.time(replied));
  }

  /** Whether the bar of a reply would be longer than the longest. */
  boolean cuts(Duration replied, Duration longest) {
    return length(replied, longest) > width;
  }

  private long length(Duration replied, Duration longest) {
    return Math.round((double) width * replied.toNanos() / Math.max(1, longest.toNanos()));
  }

  /** A message that was not. */
  String row(int message, String why) {
    return row(Integer.toString(message), why);
  }

  private String row(String left, String right) {
    return ("%" + label + "s | %s").formatted(left, right);
  }
}

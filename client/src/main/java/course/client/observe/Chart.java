package course.client.observe;

import course.client.observe.Timeline.Reply;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws a timeline in text: one row a message, its bar from sent to replied. */
final class Chart {
  private static final int COLUMNS = 80;

  private Chart() {}

  /**
   * Draws the chart, at most 80 columns wide.
   *
   * @param charset of the terminal; without block characters in it, the bars are of {@code #}
   */
  static String of(Timeline timeline, Charset charset) {
    String block = charset.newEncoder().canEncode('█') ? "█" : "#";
    Map<Integer, Reply> answers =
        timeline.answers().stream().collect(Collectors.toMap(Reply::message, reply -> reply));
    int label = Math.max("message".length(), Integer.toString(timeline.messages()).length());
    int width = COLUMNS - label - " | ".length() - "  999.9 s".length();
    // Which message a wrong reply is for, nobody can say.
    boolean wrong = timeline.replies().stream().anyMatch(reply -> reply.message() == 0);
    String none = wrong || !timeline.unended().isEmpty() ? "no right reply" : "no reply";
    var chart = new StringBuilder();
    for (int message = 1; message <= timeline.messages(); message++) {
      Reply answer = answers.get(message);
      String row =
          answer == null
              ? none
              : block.repeat(length(answer.at(), timeline.total(), width))
                  + "  "
                  + Words.time(answer.at());
      chart.append(("%" + label + "s | %s%n").formatted(message, row));
    }
    return "%s | sent to replied%n".formatted(" ".repeat(label - 7) + "message") + chart;
  }

  private static int length(Duration at, Duration total, int width) {
    return (int) Math.max(1, Math.round((double) width * at.toNanos() / total.toNanos()));
  }
}

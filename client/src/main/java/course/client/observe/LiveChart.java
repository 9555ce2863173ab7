package course.client.observe;

import course.client.observe.Timeline.Reply;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws a burst while its replies come. Where what was printed can be drawn over, all rows are
 * there at once, and fill. Elsewhere each row is printed for good, in the order of the messages, as
 * soon as it can be told.
 *
 * <p>Both need a scale before the end is known: the longest bar is the time that all messages would
 * take one after another, each as long as the first reply. So a row of full length is "one at a
 * time", for each server alike, and short rows are what a server gains. Only where work times
 * differ may a reply come later: then the scale is made larger. Where rows were printed for good
 * the bar is cut off, and at the end there is a second chart, to scale.
 *
 * <p>Thread-safe: one thread observes, and another ends the drawing at Ctrl-C.
 */
final class LiveChart implements Burst.Watcher {
  private static final int MOST_ROWS_REDRAWN = 20; // a small terminal has 24
  private static final String UP = "\u001b[%dA\r";
  private static final String CLEAR_TO_END = "\u001b[J";

  private final PrintWriter out;
  private final Chart chart;
  private final String title;
  private final int messages;
  private final boolean redraws;

  // All guarded by this.
  private final Map<Integer, Duration> answers = new HashMap<>();
  private Duration first = Duration.ZERO;
  private Duration latest = Duration.ZERO;
  private Duration longest = Duration.ZERO; // bar
  private boolean sent;
  private int printed; // rows
  private boolean over;

  /**
   * @param title the line above the chart
   * @param redraws whether what was printed can be drawn over
   */
  LiveChart(PrintWriter out, Charset charset, boolean redraws, int messages, String title) {
    this.out = out;
    this.chart = new Chart(messages, charset);
    this.title = title;
    this.messages = messages;
    this.redraws = redraws && messages <= MOST_ROWS_REDRAWN;
  }

  @Override
  public synchronized void sent() {
    if (!over) {
      sent = true;
      out.printf("%s%n%n%s%n", title, chart.heading());
      draw("");
    }
  }

  @Override
  public synchronized void reply(Reply reply) {
    if (over || reply.message() == 0 || answers.containsKey(reply.message())) {
      return;
    }
    if (answers.isEmpty()) {
      first = reply.at();
    }
    answers.put(reply.message(), reply.at());
    latest = reply.at();
    if (printed == 0 || redraws) {
      longest = scale();
    }
    draw("");
  }

  private Duration scale() {
    Duration oneAtATime = first.multipliedBy(messages);
    return oneAtATime.compareTo(latest) > 0 ? oneAtATime : latest;
  }

  /** The burst is over: draws what is left, with a word for the messages that have no reply. */
  synchronized void ended(String missing) {
    if (!over) {
      draw(missing);
      if (chart.cuts(latest, longest)) {
        longest = scale();
        printed = 0;
        out.printf("%nThe same to scale:%n%n%s%n", chart.heading());
        draw(missing);
      }
    }
  }

  /** Says what is going on, until the next word; where nothing can be drawn over, says nothing. */
  synchronized void note(String what) {
    if (!over && redraws) {
      out.print(what);
      out.flush();
    }
  }

  /** Prints the last lines. */
  synchronized void finish(List<String> lines) {
    if (!over) {
      over = true;
      out.print(redraws ? "\r" + CLEAR_TO_END : "");
      out.println();
      lines.forEach(out::println);
      out.flush();
    }
  }

  /** Ctrl-C: what came so far, and what is missing. */
  synchronized void stop() {
    if (!over && sent) {
      draw("no reply yet");
      finish(
          List.of("stopped: %d of %d messages were answered".formatted(answers.size(), messages)));
    }
    over = true;
  }

  /**
   * @param missing in the rows of messages without a reply; if empty, there may yet be one
   */
  private void draw(String missing) {
    if (redraws && printed > 0) {
      out.printf(UP + CLEAR_TO_END, printed);
      printed = 0;
    }
    while (printed < messages) {
      Duration at = answers.get(printed + 1);
      if (at == null && missing.isEmpty() && !redraws) {
        break;
      }
      printed++;
      out.println(at == null ? chart.row(printed, missing) : chart.row(printed, at, longest));
    }
    out.flush();
  }
}

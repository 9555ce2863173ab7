package course.client.tour;

import com.samskivert.mustache.Mustache;
import course.client.observe.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The page that shows all lessons. Horizontal places are percentages of the picture's width, so
 * that a picture is as wide as the window allows and its letters keep their size.
 */
final class TourPage {
  private static final int ROW = 18; // pixels
  private static final double DIGIT = 3.5; // percent, of a message's number
  private static final double RIGHT = 5; // percent, for half of the last label
  private static final int MOST_TICKS = 6;

  private final double axis; // seconds
  private final double left; // percent, for the messages' numbers

  private TourPage(double axis, int messages) {
    this.axis = axis;
    left = DIGIT * (1 + Integer.toString(messages).length());
  }

  /**
   * Renders the page.
   *
   * @param runs a picture each, all on one time axis
   * @param setting what the servers were started with, a sentence
   */
  static String of(List<LessonRun> runs, String setting) {
    double longest =
        runs.stream().mapToDouble(run -> seconds(run.verdict().timeline().total())).max().orElse(0);
    int messages = runs.stream().mapToInt(run -> run.messages().size()).max().orElse(0);
    var page = new TourPage(Math.max(longest, 0.001) * 1.01, messages);
    var lessons = new ArrayList<Map<String, Object>>();
    for (LessonRun run : runs) {
      lessons.add(page.lesson(run, lessons.size() + 1));
    }
    try (InputStream template = TourPage.class.getResourceAsStream("tour.html.mustache")) {
      // jmustache escapes what is written with two braces, and the template has no others.
      return Mustache.compiler()
          .compile(new InputStreamReader(template, StandardCharsets.UTF_8))
          .execute(Map.of("setting", setting, "lessons", lessons));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> lesson(LessonRun run, int id) {
    int messages = run.verdict().timeline().messages();
    String summary = run.verdict().summary();
    return Map.ofEntries(
        Map.entry("id", id),
        Map.entry("title", run.title()),
        Map.entry(
            "summary", summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1)),
        Map.entry("complaints", run.verdict().complaints()),
        Map.entry("total", Words.time(run.verdict().timeline().total())),
        Map.entry("totalMs", millis(run.verdict().timeline().total())),
        Map.entry("atATime", run.atATime()),
        Map.entry("order", run.verdict().order()),
        Map.entry("handlers", run.handlers() == 0 ? "–" : run.handlers()),
        Map.entry("height", (messages + 1) * ROW + 2),
        Map.entry("ticks", ticks()),
        Map.entry("handlingKnown", !run.handlingBegan().isEmpty()),
        Map.entry("messages", run.messages().stream().map(this::message).toList()));
  }

  private Map<String, Object> message(LessonRun.Message message) {
    Optional<Duration> replied = message.replied();
    // What is not known to wait is drawn as handled: then the bar has one part.
    Duration end = replied.orElse(Duration.ofNanos((long) (axis * 1e9)));
    Duration began = message.began().orElse(Duration.ZERO);
    int top = message.number() * ROW;
    return Map.ofEntries(
        Map.entry("number", message.number()),
        Map.entry("textY", top + 13),
        Map.entry("waitY", top + 8),
        Map.entry("handleY", top + 3),
        Map.entry("waitX", percent(x(Duration.ZERO))),
        Map.entry("waitWidth", percent(x(began) - x(Duration.ZERO))),
        Map.entry("handleX", percent(x(began))),
        Map.entry("handleWidth", percent(x(end) - x(began))),
        Map.entry("lost", replied.isEmpty()),
        Map.entry("lostWidth", percent(x(end) - x(Duration.ZERO))),
        Map.entry("beganMs", message.began().map(TourPage::millis).orElse("")),
        Map.entry("repliedMs", replied.map(TourPage::millis).orElse("")),
        Map.entry("waited", message.began().map(TourPage::exactly).orElse("–")),
        Map.entry(
            "handled",
            message.began().flatMap(b -> replied.map(r -> exactly(r.minus(b)))).orElse("–")),
        Map.entry("replied", replied.map(TourPage::exactly).orElse("no reply")));
  }

  /** Round numbers of seconds, the fewest steps of 1, 2 or 5 that leave room for their labels. */
  private List<Map<String, String>> ticks() {
    double step = 0.001;
    for (int i = 0; axis / step >= MOST_TICKS; i++) {
      step *= i % 3 == 1 ? 2.5 : 2;
    }
    var ticks = new ArrayList<Map<String, String>>();
    for (int i = 0; i * step <= axis; i++) {
      long ms = Math.round(i * step * 1000);
      String label = i * step == 0 ? "0" : step < 1 ? ms + " ms" : ms / 1000 + " s";
      ticks.add(Map.of("x", percent(x(Duration.ofMillis(ms))), "label", label));
    }
    return ticks;
  }

  private double x(Duration time) {
    return left + (100 - left - RIGHT) * seconds(time) / axis;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static String percent(double number) {
    return String.format(Locale.ROOT, "%.3f%%", number);
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
  }

  private static String exactly(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", seconds(time));
  }
}

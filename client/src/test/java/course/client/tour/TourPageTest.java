package course.client.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import course.client.observe.Timeline;
import course.client.observe.Timelines;
import course.client.observe.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Looks at the page as a reader does: in a browser. No server is started. */
final class TourPageTest {
  private static final int MESSAGES = 8;
  private static final double PIXEL = 1.0;

  @TempDir static Path folder;
  private static Browser window;
  private static ChromeDriver browser;

  private static Path page;

  @BeforeAll
  static void open_the_page() throws IOException {
    Optional<Browser> started = Browser.start(folder.resolve("profile"));
    if (started.isEmpty()) {
      String why = "skipped: " + Browser.NONE;
      System.out.println(TourPageTest.class.getSimpleName() + " " + why);
      Assumptions.abort(why);
    }
    window = started.get();
    browser = window.driver();
    page = folder.resolve("index.html");
    Files.writeString(page, TourPage.of(four(), "Each server got 8 messages <in one write>."));
    window.open(page);
  }

  @AfterAll
  static void close_the_browser() {
    if (window != null) {
      window.close();
    }
  }

  @Test
  void the_page_loads_without_a_word_on_the_console() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    assertThat(script("return performance.getEntriesByType('resource').length"))
        .as("resources that the page loads")
        .isEqualTo(0L);
  }

  @Test
  void there_are_four_timelines_each_with_a_name_a_description_and_a_table() {
    List<WebElement> timelines = browser.findElements(By.cssSelector("svg.timeline[role=img]"));
    assertThat(timelines).hasSize(4);
    for (WebElement timeline : timelines) {
      assertThat(timeline.getAccessibleName()).containsPattern("\\d [a-z ]+: timeline .* took");
      assertThat(timeline.findElements(By.cssSelector("g.bar"))).hasSize(MESSAGES);
      assertThat(timeline.findElements(By.xpath("..//table//tbody/tr"))).hasSize(MESSAGES);
    }
  }

  @Test
  void bars_are_as_long_as_the_times_in_the_tables_on_one_scale_for_all_lessons() {
    window.resize(1200, 900);
    double pixelsPerSecond = 0;
    for (WebElement lesson : browser.findElements(By.className("lesson"))) {
      List<WebElement> bars = lesson.findElements(By.cssSelector("g.bar"));
      List<WebElement> rows = lesson.findElements(By.cssSelector("tbody tr"));
      for (int i = 0; i < MESSAGES; i++) {
        List<Double> cells =
            rows.get(i).findElements(By.tagName("td")).stream()
                .map(cell -> Double.parseDouble(cell.getText().replace(" s", "")))
                .toList();
        double waited = cells.get(0);
        double handled = cells.get(1);
        double replied = cells.get(2);
        assertThat(waited + handled).isCloseTo(replied, within(0.002));
        assertThat(Double.parseDouble(bars.get(i).getDomAttribute("data-replied-ms")) / 1000)
            .isCloseTo(replied, within(0.001));
        if (pixelsPerSecond == 0) {
          pixelsPerSecond = width(bars.get(i)) / replied;
        }
        assertThat(width(bars.get(i)))
            .as("%s, message %d: %.3f s", lesson.getDomAttribute("id"), i + 1, replied)
            .isCloseTo(replied * pixelsPerSecond, within(PIXEL));
        assertThat(width(bars.get(i).findElement(By.className("waiting"))))
            .isCloseTo(waited * pixelsPerSecond, within(PIXEL));
        assertThat(width(bars.get(i).findElement(By.className("handled"))))
            .isCloseTo(handled * pixelsPerSecond, within(PIXEL));
      }
    }
  }

  @Test
  void a_wide_window_shows_the_four_side_by_side() {
    window.resize(1200, 900);
    assertThat(browser.findElements(By.className("lesson")).stream().map(l -> l.getRect().getY()))
        .as("upper edges")
        .hasSize(4)
        .containsOnly(browser.findElement(By.className("lesson")).getRect().getY());
    assertThat(browser.findElements(By.cssSelector(".lesson h2")))
        .as("headings that are cut off")
        .noneMatch(h2 ->
            (boolean) script("return arguments[0].scrollWidth > arguments[0].clientWidth", h2));
  }

  @Test
  void a_phone_shows_it_all_without_scrolling_sideways() throws IOException {
    window.resize(360, 900);
    screenshot("phone");
    assertThat(script("return window.innerWidth")).isEqualTo(360L);
    assertThat(script("return document.documentElement.scrollWidth"))
        .as("width of what is on the page")
        .isEqualTo(360L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void text_and_bars_stand_out_from_their_ground_in_light_and_in_dark(String scheme)
      throws IOException {
    window.resize(1200, 900);
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    screenshot(scheme);
    double card = luminance(".card", "background-color");
    assertThat(card > 0.5).as("a light card").isEqualTo(scheme.equals("light"));
    // 4.5 for text and 3 for graphics: WCAG 2.2, success criteria 1.4.3 and 1.4.11, level AA.
    for (String text : List.of(".lesson p", ".lesson th", ".lesson td", ".overview a")) {
      assertThat(contrast(luminance(text, "color"), card)).as(text).isGreaterThan(4.5);
    }
    assertThat(contrast(luminance("svg text", "fill"), card)).isGreaterThan(4.5);
    assertThat(contrast(luminance("svg .waiting", "fill"), card)).isGreaterThan(3);
    assertThat(contrast(luminance("svg .handled", "fill"), card)).isGreaterThan(3);
    double paper = luminance("body", "background-color");
    assertThat(contrast(luminance("main > p", "color"), paper)).isGreaterThan(4.5);
    assertThat(contrast(luminance("li.quiet", "color"), paper)).isGreaterThan(4.5);
  }

  /** The lessons as they should be: one at a time, all at once, three at a time, all at once. */
  private static List<LessonRun> four() {
    return List.of(
        run("1 thread per connection", 1, 0),
        run("2 handler thread per message", 8, 0),
        run("3 fixed pool of handlers", 3, 3),
        run("4 pool that grows", 8, 8));
  }

  private static LessonRun run(String title, int atATime, int handlers) {
    var work = Duration.ofMillis(1_003);
    Timeline timeline = Timelines.handled(MESSAGES, atATime, () -> 1.003);
    var began = new HashMap<Integer, Duration>();
    timeline.replies().forEach(reply -> began.put(reply.message(), reply.at().minus(work)));
    return new LessonRun(title, Verdict.of(timeline), began, handlers);
  }

  /** For the maintainer to look at; a failure to write it is a failure of the test. */
  private static void screenshot(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(folder.resolve("tour-" + name + ".png"), window.screenshot(true));
  }

  private static Object script(String script, Object... arguments) {
    return browser.executeScript(script, arguments);
  }

  private static double width(WebElement element) {
    Object width = script("return arguments[0].getBoundingClientRect().width", element);
    return ((Number) width).doubleValue();
  }

  /** Relative luminance of an element's colour, as WCAG 2.2 defines it. */
  private static double luminance(String selector, String property) {
    String rgb =
        (String)
            script(
                "return getComputedStyle(document.querySelector(arguments[0]))"
                    + ".getPropertyValue(arguments[1])",
                selector,
                property);
    double[] parts =
        Pattern.compile("\\d+")
            .matcher(rgb)
            .results()
            .mapToDouble(part -> Integer.parseInt(part.group()) / 255.0)
            .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }
}

package course.grader.grade.results;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.grade.model.Mark;
import course.grader.model.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at the page of a class of 500, after a regrade, as an instructor does: in a browser. */
final class ClassPageTest {
  private static final int STUDENTS = 500;
  private static final List<String> FAULTS = List.of("roster.csv:7: <img src=x> is no URL");

  @TempDir static Path folder;
  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void open_the_page() throws IOException {
    Optional<Browser> started = Browser.start(folder.resolve("profile"));
    if (started.isEmpty()) {
      String why = "skipped: " + Browser.NONE;
      System.out.println(ClassPageTest.class.getSimpleName() + " " + why);
      Assumptions.abort(why);
    }
    browser = started.get();
    Path out = folder.resolve("out");
    page = out.resolve("index.html");
    List<Mark> marks = SampleMarks.marks(STUDENTS);
    write(out, marks);
    var regraded = new ArrayList<>(marks);
    for (int i = 30; i < 33; i++) { // failed before
      regraded.set(i, SampleMarks.good(marks.get(i).handIn().student()));
    }
    write(out, regraded);
  }

  private static void write(Path out, List<Mark> marks) throws IOException {
    Results results = Results.open(out, SampleMarks.EXERCISE, ResultsOptions.PLAIN);
    for (Mark mark : marks) {
      results.put(mark, "key", SampleMarks.WALLS);
    }
    results.finish(SampleMarks.names(STUDENTS), FAULTS, SampleMarks.WALLS);
  }

  @AfterAll
  static void close_the_browser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void load() {
    browser.resize(1200, 900);
    browser.console(); // that of the test before is over
    browser.open(page.toUri().toString());
  }

  @Test
  void it_loads_without_a_word_on_the_console_and_nothing_else() {
    assertThat(browser.console()).isEmpty();
    assertThat(browser.run("return performance.getEntriesByType('resource').length"))
        .as("resources that the page loads")
        .isEqualTo(0L);
  }

  @Test
  void each_student_is_there_by_name_in_the_table_and_with_a_part() {
    List<String> names =
        SampleMarks.names(STUDENTS).stream()
            .map(name -> PlainText.lines(name.replace("\ud83d", "?")))
            .toList();
    assertThat(texts(".student h3")).containsExactlyElementsOf(names);
    assertThat(texts(".class tbody th a")).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void what_students_wrote_is_text() {
    assertThat(browser.run("return document.querySelectorAll('script, main img, iframe').length"))
        .as("elements that a name or a message has made")
        .isEqualTo(0L);
    assertThat(texts("p.wrong")).containsExactlyElementsOf(FAULTS);
    String html = (String) browser.run("return document.documentElement.outerHTML");
    assertThat(html.chars().filter(c -> "\u001b\u0000\ufffe\u202e".indexOf(c) >= 0).count())
        .as("characters that command a terminal or turn the writing round")
        .isZero();
  }

  @Test
  void a_script_would_not_run() {
    browser.run(
        """
        let script = document.createElement('script');
        script.textContent = 'document.title = "breached"';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1">');
        """);
    assertThat((String) browser.run("return document.title"))
        .isEqualTo("ex4-bounded-pool: 500 students");
    assertThat(browser.console()).as("what the browser refused").isNotEmpty();
    assertThat((String) browser.run("return document.querySelector('meta[http-equiv]').content"))
        .as("nothing comes from elsewhere, and no script runs")
        .startsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
        .doesNotContain("script-src");
  }

  @Test
  void each_link_leads_somewhere() {
    assertThat(browser.run("return [...document.querySelectorAll('[id]')].length"))
        .as("names of places, none twice")
        .isEqualTo(
            browser.run(
                "return new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"));
    assertThat(links("a[href^=\"#\"]"))
        .as("links within the page")
        .hasSizeGreaterThan(2 * STUDENTS)
        .allMatch(link ->
            (boolean)
                browser.run("return !!document.getElementById(arguments[0])", link.substring(1)));
    assertThat(links("a:not([href^=\"#\"])"))
        .as("files beside the page")
        .hasSize(2 * STUDENTS + 3)
        .allMatch(link -> Files.exists(page.resolveSibling(link)));
  }

  @SuppressWarnings("unchecked")
  private static List<String> links(String selector) {
    return (List<String>)
        browser.run(
            "return [...document.querySelectorAll(arguments[0])].map(a => a.getAttribute('href'))",
            selector);
  }

  @Test
  void what_needs_a_look_comes_before_all_else() {
    assertThat(texts("main > section:first-of-type details summary"))
        .satisfiesExactly(
            first -> assertThat(first).endsWith("grader error, so no mark"),
            second -> assertThat(second).endsWith("not gradable"),
            third -> assertThat(third).endsWith("nothing handed in"),
            fourth -> assertThat(fourth).endsWith("graded, with a note"),
            fifth -> assertThat(fifth).endsWith("late"));
  }

  @Test
  void those_who_have_changed_are_marked() {
    assertThat(texts(".head .changed"))
        .containsExactly("changed: 4 → 8", "changed: 5 → 8", "changed: 0 → 8");
    assertThat(texts(".class .changed")).hasSize(3);
    assertThat(texts("main > p")).first().asString().contains("3 of 500 changed");
  }

  @Test
  void a_failure_is_as_the_student_reads_it() {
    String part = texts("#" + "s-" + FileNames.of("Ann")).getFirst();
    assertThat(part)
        .contains(
            "4 of 8",
            "Fails as “drops what waits” does",
            "1 handler, a queue of 1. Message 1 is handled, message 2 waits",
            "the hand-off of message 3 returns false and does not wait",
            "stuck: every thread waits",
            "in course.server.HandlerPool.handOff (line 35)",
            "handler 1 was held at HandlerPool.handleAll (line 46)",
            "rule 2 of README.md: a message waits in the queue");
    assertThat(texts("#s-" + FileNames.of("<script>alert(1)</script>") + " .tag"))
        .containsExactly("hidden test");
  }

  @Test
  void a_phone_shows_it_all_without_scrolling_sideways() throws IOException {
    browser.resize(360, 900);
    browser.open(page.toUri().toString());
    screenshot("phone");
    // What is not near the window has no layout of its own until then.
    browser.run(
        "document.querySelectorAll('.student').forEach(s => s.style.contentVisibility = 'visible');"
            + "document.querySelectorAll('details').forEach(d => d.open = true)");
    assertThat(browser.run("return window.innerWidth")).isEqualTo(360L);
    assertThat(browser.run("return document.documentElement.scrollWidth"))
        .as("width of what is on the page")
        .isEqualTo(360L);
  }

  @Test
  void a_class_of_500_is_no_burden_for_a_browser() throws IOException {
    assertThat(Files.size(page)).as("bytes").isLessThan(3_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void text_stands_out_from_its_ground_in_light_and_in_dark(String scheme) throws IOException {
    browser.prefer(scheme);
    screenshot(scheme);
    double card = luminance(".card", "background-color");
    assertThat(card > 0.5).as("a light card").isEqualTo(scheme.equals("light"));
    // 4.5 for text and 3 for graphics: WCAG 2.2, success criteria 1.4.3 and 1.4.11, level AA.
    for (String text : List.of(".card a", "p.wrong", ".quiet", ".changed", ".class th", "dt")) {
      assertThat(contrast(luminance(text, "color"), card)).as(text).isGreaterThan(4.5);
    }
    double soft = luminance("pre", "background-color");
    assertThat(contrast(luminance("pre", "color"), soft)).isGreaterThan(4.5);
    assertThat(contrast(luminance(".rules li", "color"), soft)).isGreaterThan(4.5);
    assertThat(contrast(luminance(".scores .bar", "background-color"), card)).isGreaterThan(3);
    double paper = luminance("body", "background-color");
    assertThat(contrast(luminance("main > p", "color"), paper)).isGreaterThan(4.5);
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(String selector) {
    return (List<String>)
        browser.run(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)",
            selector);
  }

  /** For the maintainer to look at; a failure to write it is a failure of the test. */
  private static void screenshot(String name) throws IOException {
    Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(pictures.resolve("class-" + name + ".png"), browser.screenshot());
  }

  /** Relative luminance of an element's colour, as WCAG 2.2 defines it. */
  private static double luminance(String selector, String property) {
    String rgb =
        (String)
            browser.run(
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

package course.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import course.checks.Page.CodeBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the pages say that comes out does come out: its shape, as no two runs take equal times. */
@Timeout(value = 600) // bounds a hang
@Execution(ExecutionMode.CONCURRENT) // servers and clients that mostly wait
class OutputsTest {
  private static final Course COURSE = new Course(Path.of("../.."));

  /** {@code 3 at a time: 8 messages of 1.01 s took 3.02 s}, by {@code observe}. */
  private static final Pattern VERDICT =
      Pattern.compile(
          "(?:(?<n>\\w+) at a time|all at once): 8 messages .*took (?<seconds>[\\d.]+) s.*");

  /** {@code 3 fixed pool of handlers 3.03 s 3 kept in 1 of 3 3}, by {@code tour}. */
  private static final Pattern ROW =
      Pattern.compile("\\d [a-z].*? +(?<seconds>[\\d.]+) s +(?<n>\\w+) +(?:not )?kept .*");

  /** {@code 3 fixed pool of handlers 301,385 0.20 9,495}, by {@code compare}. */
  private static final Pattern RATE =
      Pattern.compile("\\d [a-z].*? +(?<rate>[\\d,]+) +(?<ratio>\\d+\\.\\d\\d) +[\\d,]+");

  @SuppressWarnings("unused") // by the test's annotation
  private static final List<String> LESSONS = Course.LESSONS;

  @TempDir private Path folder;

  @ParameterizedTest
  @FieldSource("LESSONS")
  void a_lessons_page_followed_from_top_to_bottom_prints_what_it_shows(String lesson)
      throws IOException {
    try (var walk = new Walk(COURSE, lesson, folder)) {
      PagesTest.failIfAny(walk.faults(), "outputs in " + lesson + "/README.md");
    }
  }

  @Test
  void an_output_that_does_not_come_out_is_found_out() {
    String three = "3 at a time: 8 messages of 1.01 s took 3.02 s; order kept in 1 of 3";
    assertThat(Shape.of(List.of(three)))
        .isEqualTo(
            Shape.of(List.of("3 at a time: 8 messages of 1 s took 999 ms; order kept in 3 of 3")))
        .isNotEqualTo(Shape.of(List.of(three.replace("3 at a time", "2 at a time"))))
        .isNotEqualTo(Shape.of(List.of(three.replace("8 messages", "9 messages"))))
        .isNotEqualTo(Shape.of(List.of(three.replace("1 of 3", "1 of 1"))))
        .isNotEqualTo(Shape.of(List.of(three.replace(" in 1 of 3", ""))));
    String row = "3 fixed pool of handlers         3.02 s          3  kept in 1 of 3         3";
    assertThat(Shape.of(List.of(row)))
        .isEqualTo(Shape.of(List.of(row.replace("1 of 3", "0 of 3").replace("3.02", "3.1"))))
        .isNotEqualTo(Shape.of(List.of(row.replace("kept in 1 of 3", "          kept"))))
        .isNotEqualTo(Shape.of(List.of(row.replace("fixed pool", "pool"))));
    String rate = "2 pool that grows       334,444       0.22         6,320";
    assertThat(Shape.of(List.of(rate)))
        .isEqualTo(Shape.of(List.of("2 pool that grows       34,444       1.22         6")))
        .isNotEqualTo(Shape.of(List.of(rate.replace("grows", "shrinks"))));
    assertThat(Shape.of(List.of("one at a time: 8 messages of 1 s took 8 s; order kept")))
        .isNotEqualTo(
            Shape.of(List.of("one at a time: 8 messages of 1 s took 8 s; order not kept")));
    assertThat(Shape.of(List.of("      1 | ███  1.02 s")))
        .isEqualTo(Shape.of(List.of("      1 | █  20 ms")))
        .isNotEqualTo(Shape.of(List.of("      2 | ███  1.02 s")))
        .isNotEqualTo(Shape.of(List.of("      1 | no reply")));
    String died = "Exception in thread \"handler %d\" ";
    String why = "java.io.UncheckedIOException: java.net.SocketException: Broken pipe";
    assertThat(Shape.of(List.of(died.formatted(3) + why)))
        .isEqualTo(Shape.of(List.of(died.formatted(1) + died.formatted(2) + why)));
    String start = "listening on 127.0.0.1:9090";
    String begun = "<< connection 1 message 1";
    String done = ">> connection 1 message 1";
    assertThat(Shape.ofServer(List.of(start, begun, done)))
        .isEqualTo(Shape.ofServer(List.of(start, begun, done, "<< connection 2 message 1")))
        .isNotEqualTo(Shape.ofServer(List.of(start, begun, "<< connection 2 message 1")))
        .isNotEqualTo(Shape.ofServer(List.of(start, begun + " handler 1")));
  }

  @Test
  void eight_messages_n_at_a_time_take_eight_nths_of_the_time_in_each_picture_and_table()
      throws IOException {
    int figures = 0;
    for (String file : COURSE.pages()) {
      for (CodeBlock block : Page.read(COURSE, file).blocks()) {
        for (String line : block.lines()) {
          Matcher figure =
              Stream.of(VERDICT, ROW)
                  .map(p -> p.matcher(line))
                  .filter(Matcher::matches)
                  .findFirst()
                  .orElse(null);
          if (figure != null) {
            figures++;
            assertThat(Double.parseDouble(figure.group("seconds")))
                .as("%s:%d: seconds in '%s'", file, block.line(), line)
                .isCloseTo(Math.ceilDiv(8, atATime(figure.group("n"))), within(0.5));
          }
        }
      }
    }
    assertThat(figures)
        .as("figures in all pages: 4 rows of the tour, a picture a lesson")
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void the_picture_on_the_first_page_is_of_the_run_whose_table_stands_there() throws IOException {
    assertThat(TourPicture.carried(COURSE.root().resolve(TourPicture.FILE)))
        .as(
            "the table that %s carries, against the one in README.md: draw it anew with%n  %s",
            TourPicture.FILE, TourPicture.COMMAND)
        .hasValue(TourPicture.shown(COURSE).lines());
  }

  @Test
  void each_ratio_in_the_comparison_is_that_of_the_rates_beside_it() throws IOException {
    double first = 0;
    for (String file : COURSE.pages()) {
      for (CodeBlock block : Page.read(COURSE, file).blocks()) {
        for (String line : block.lines()) {
          Matcher rate = RATE.matcher(line);
          if (rate.matches()) {
            double messages = Double.parseDouble(rate.group("rate").replace(",", ""));
            first = first == 0 ? messages : first;
            assertThat(Double.parseDouble(rate.group("ratio")))
                .as("%s:%d: to first in '%s'", file, block.line(), line)
                .isCloseTo(messages / first, within(0.0051));
          }
        }
      }
    }
    assertThat(first).as("messages/s of the first lesson").isPositive();
  }

  private static int atATime(String word) {
    return switch (word) {
      case null -> 8; // all at once
      case "all" -> 8;
      case "one" -> 1;
      default -> Integer.parseInt(word);
    };
  }
}

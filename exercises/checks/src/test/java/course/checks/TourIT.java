package course.checks;

import static course.checks.TourPicture.COMMAND;
import static org.assertj.core.api.Assertions.assertThat;

import course.checks.Page.CodeBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The tour and the comparison on the real lessons, as a newcomer runs them. */
@Isolated("what it prints has times in it")
class TourIT {
  private static final Course COURSE = new Course(Path.of("../.."));

  @Test
  @Timeout(value = 300) // bounds a hang
  void the_first_command_of_the_first_page_prints_the_table_below_it() throws Exception {
    List<String> first =
        Page.read(COURSE, "README.md").blocks().stream()
            .filter(block -> block.language().equals("sh"))
            .map(block -> block.lines().getFirst())
            .toList();
    assertThat(first.getFirst()).isEqualTo("java Course.java tour");
    try (var run = CourseRun.start(COURSE.root(), "Course.java", Map.of(), "tour")) {
      CourseRun.Ended tour = run.awaitEnd();
      assertThat(tour.status()).as(tour.text()).isZero();
      assertThat(Shape.of(TourPicture.table(tour.printed())))
          .as("the table of the tour in README.md; if it is right that it changed:%n  %s", COMMAND)
          .isEqualTo(Shape.of(TourPicture.shown(COURSE).lines()));
    }
    assertThat(COURSE.root().resolve("target/tour/index.html")).content().contains("<svg");
  }

  @Test
  @Timeout(value = 180) // bounds a hang
  void the_comparison_prints_the_table_of_its_page() throws Exception {
    List<String> shown = new ArrayList<>();
    for (String page : COURSE.pages()) {
      Page.read(COURSE, page).blocks().stream()
          .map(CodeBlock::lines)
          .filter(lines -> lines.getFirst().matches("lesson +messages/s .*"))
          .forEach(shown::addAll);
    }
    assertThat(Shape.of(client("compare", "--rounds", "1", "--duration", "200ms")))
        .isEqualTo(Shape.of(shown));
  }

  /** Runs the client at the root of the course, and returns what it printed. */
  private static List<String> client(String... words) throws Exception {
    try (var client = JavaProcess.client(COURSE.root(), List.of(words))) {
      List<String> printed = client.awaitAll();
      assertThat(client.awaitExit()).as("exit status, after %s", printed).isZero();
      return printed;
    }
  }
}

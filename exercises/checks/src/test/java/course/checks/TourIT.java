package course.checks;

import static course.checks.TourPicture.COMMAND;
import static org.assertj.core.api.Assertions.assertThat;

import course.checks.Page.CodeBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tour and the comparison on the real lessons, as a newcomer runs them. */
class TourIT {
  private static final Course COURSE = new Course(Path.of("../.."));

  @Test
  @Timeout(value = 180) // bounds a hang
  void the_tour_prints_the_table_of_the_first_page(@TempDir Path output) throws Exception {
    List<String> printed = client("tour", "--output", output.toString());
    assertThat(Shape.of(TourPicture.table(printed)))
        .as("the table of the tour in README.md; if it is right that it changed:%n  %s", COMMAND)
        .isEqualTo(Shape.of(TourPicture.shown(COURSE).lines()));
    assertThat(Files.readString(output.resolve("index.html"))).contains("<svg");
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
  private static List<String> client(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("-jar", "client/target/client.jar"));
    command.addAll(List.of(arguments));
    try (var client = JavaProcess.start(COURSE.root(), command)) {
      List<String> printed = client.awaitAll();
      assertThat(client.awaitExit()).as("exit status of %s:%n%s", command, printed).isZero();
      return printed;
    }
  }
}

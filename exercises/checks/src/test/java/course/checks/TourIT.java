package course.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tour and the comparison on the real lessons, as a newcomer runs them. */
class TourIT {
  @Test
  @Timeout(value = 180) // bounds a hang
  void the_tour_shows_one_all_three_and_all_messages_at_a_time(@TempDir Path output)
      throws Exception {
    String printed = client("tour", "--output", output.toString());
    assertRow(printed, "Lesson 1: server", "one");
    assertRow(printed, "Lesson 2: concurrency", "all");
    assertRow(printed, "Lesson 3: pool", "3");
    assertRow(printed, "Lesson 4: pool-dyn", "all");
    assertThat(Files.readString(output.resolve("index.html"))).contains("<svg");
  }

  @Test
  @Timeout(value = 180) // bounds a hang
  void the_comparison_has_a_row_for_each_lesson() throws Exception {
    assertThat(client("compare", "--rounds", "1", "--duration", "200ms").lines())
        .hasSize(5)
        .element(4)
        .asString()
        .matches("Lesson 4: pool-dyn +[\\d,]+ +\\d+\\.\\d\\d +[\\d,]+");
  }

  /** Runs the client at the root of the course, and returns what it printed. */
  private static String client(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", "client/target/client.jar"));
    command.addAll(List.of(arguments));
    var client =
        new ProcessBuilder(command)
            .directory(Path.of("../..").toFile())
            .redirectErrorStream(true)
            .start();
    String printed = String.join("\n", client.inputReader(UTF_8).readAllLines());
    assertThat(client.waitFor()).as("exit status of %s:%n%s", command, printed).isZero();
    return printed;
  }

  private static void assertRow(String printed, String server, String atATime) {
    assertThat(printed)
        .containsPattern(Pattern.quote(server) + " +\\d+\\.\\d+ s +" + atATime + " ");
  }
}

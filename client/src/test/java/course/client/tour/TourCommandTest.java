package course.client.tour;

import static org.assertj.core.api.Assertions.assertThat;

import course.client.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tour and the comparison on small lessons, compiled and started like real ones. */
@Timeout(120)
final class TourCommandTest {
  @TempDir Path folder;

  @Test
  void the_tour_shows_each_lesson_by_what_it_is_and_writes_its_page_into_the_course()
      throws IOException {
    course();
    var run = run("tour", "--work", "50ms");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .anyMatch(line -> line.startsWith("lesson  "))
        .anyMatch(line -> line.matches("1 thread per connection +[\\d.]+ m?s .*"))
        .anyMatch(line -> line.matches("2 fixed pool of handlers .* kept in \\d of 3 .*"))
        .allMatch(line -> line.length() <= 80 || line.startsWith("The same as a page"));
    assertThat(folder.resolve("target/tour/index.html")).content().contains("<svg");
    assertNothingIsLeft();
  }

  @Test
  void the_comparison_shows_each_lesson_by_what_it_is() throws IOException {
    course();
    var run = run("compare", "--rounds", "1", "--duration", "100ms", "--connections", "2");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).hasSize(3).allMatch(line -> line.length() <= 80);
    assertThat(run.out().get(1)).startsWith("1 thread per connection  ");
    assertThat(run.out().get(2)).startsWith("2 fixed pool of handlers  ");
    assertNothingIsLeft();
  }

  @Test
  void a_lesson_that_does_not_compile_or_start_is_one_line_with_status_1() throws IOException {
    StandInCourse course = course();
    String main = "src/main/java/course/server/Main.java";
    course.write("lesson2-pool", main, "package course.server; class Main { int }");
    assertFails(
        run("tour", "--work", "50ms"), "tour: lesson2-pool does not compile: Main.java:1: ");
    assertFails(run("compare"), "lesson2-pool does not compile: Main.java:1: ");
    course.write("lesson2-pool", main, "package course.server; class Other {}");
    assertFails(
        run("tour", "--work", "50ms"), "tour: lesson2-pool ended before it listened; it said: ");
    assertNothingIsLeft();
  }

  @Test
  void a_folder_without_lessons_is_one_line_with_status_2() {
    var run = CommandLineRun.of("tour", "--course", folder.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().startsWith("--course " + folder);
  }

  private StandInCourse course() throws IOException {
    return new StandInCourse(folder)
        .with("lesson1-server", "# Lesson 1: a thread per connection", 1)
        .with("lesson2-pool", "# Lesson 2: a fixed pool of handlers", 3);
  }

  private CommandLineRun run(String command, String... options) {
    var words = new ArrayList<>(List.of(command, "--course", folder.toString()));
    words.addAll(List.of(options));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static void assertFails(CommandLineRun run, String message) {
    assertThat(run.status()).isOne();
    assertThat(run.err()).singleElement().asString().startsWith(message);
  }

  private static void assertNothingIsLeft() {
    assertThat(ProcessHandle.current().children())
        .as("processes that are left over")
        .noneMatch(p -> p.info().commandLine().orElse("").contains("course.server.Main"));
  }
}

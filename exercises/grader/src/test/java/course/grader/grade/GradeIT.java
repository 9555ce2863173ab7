package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.Main;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.WrongVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** A small class with all kinds of students, graded as an instructor would. */
@EnabledIf("thereIsAnEngine")
@Timeout(value = 540) // bounds a hang
class GradeIT {
  private static final Path COURSE = Path.of("../..");

  @TempDir Path temporary;
  private Path submissions;
  private String reference;

  static boolean thereIsAnEngine() {
    boolean available = DockerClientFactory.instance().isDockerAvailable();
    if (!available) {
      System.out.println("GradeIT skipped: no container engine is running, such as Docker");
    }
    return available;
  }

  private record Ended(String out, String err, int status) {}

  private Ended grade(String... more) {
    return gradeExercise("2", more);
  }

  private Ended gradeExercise(String number, String... more) {
    var out = new StringWriter();
    var err = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    var words =
        new ArrayList<>(List.of("grade", number, submissions.toString(), "--course", "../.."));
    words.addAll(List.of(more));
    int status = commandLine.execute(words.toArray(String[]::new));
    return new Ended(out.toString(), err.toString(), status);
  }

  @BeforeEach
  void readReference() throws IOException {
    assumeTrue(Files.exists(COURSE.resolve("exercises/solutions")), "there are no solutions here");
    submissions = Files.createDirectory(temporary.resolve("submissions"));
    reference = new Solutions(exercise()).reference().values().iterator().next();
  }

  private static Exercise exercise() throws IOException {
    return Exercise.all(COURSE).stream().filter(e -> e.isCalled("2")).findFirst().orElseThrow();
  }

  private void handIn(String student, String source) throws IOException {
    Path folder = Files.createDirectories(submissions.resolve(student));
    Files.writeString(folder.resolve("Totals.java"), source);
  }

  /** Puts members at the end of the class, and classes after it. */
  private String with(String members, String classes) {
    int end = reference.lastIndexOf('}');
    return reference.substring(0, end) + members + "\n}\n" + classes + "\n";
  }

  private Map<String, List<String>> rows() throws IOException {
    var rows = new HashMap<String, List<String>>();
    for (String line : Files.readAllLines(out().resolve("grades.csv")).stream().skip(1).toList()) {
      List<String> cells = List.of(line.split(",", -1));
      rows.put(cells.getFirst(), cells);
    }
    return rows;
  }

  private Path out() {
    return temporary.resolve("submissions-ex2-grades");
  }

  @Test
  void each_student_gets_a_state_a_score_and_the_reason() throws IOException {
    handIn("right", reference);
    handIn("in German", with("private record Größe(int anzahl) {}", ""));
    handIn("starter", exercise().student().values().iterator().next());
    WrongVersion known =
        new Solutions(exercise())
            .wrong().stream().filter(w -> w.name().equals("two-locks")).findFirst().orElseThrow();
    handIn("wrong", known.files().values().iterator().next());
    handIn("does not compile", "package course.server; class Totals {");
    handIn("exits", with("void exit() { System.exit(0); }", ""));
    handIn("is a decoy", with("", "class Decoy {}"));
    handIn("is a test", with("", "class TotalsTest {}"));
    handIn("deep", with("int deep = " + "1 + ".repeat(20_000) + "1;", ""));
    handIn(
        "prints",
        with(
            """
            static {
              for (int i = 0; i < 100_000; i++) {
                System.out.println("ends PASSED ::error:: \\u001b[2J");
              }
            }
            """,
            ""));
    handIn("takes memory", with("private final byte[] much = new byte[500_000_000];", ""));
    Files.createDirectory(submissions.resolve("empty"));

    Ended ended = grade();
    assertThat(ended.err()).doesNotContain("Exception");
    assertThat(ended.out()).contains("12 students: 6 graded");
    assertThat(ended.status()).isZero();
    Map<String, List<String>> rows = rows();
    assertThat(rows.get("right")).startsWith("right", "graded", "15", "15");
    assertThat(rows.get("in German")).startsWith("in German", "graded", "15");
    assertThat(rows.get("starter").get(1)).isEqualTo("graded");
    assertThat(Integer.parseInt(rows.get("starter").get(2))).isLessThan(5);
    assertThat(rows.get("wrong")).startsWith("wrong", "graded", "11").contains("two locks");
    assertThat(rows.get("prints")).startsWith("prints", "graded", "15");
    assertThat(rows.get("takes memory")).startsWith("takes memory", "graded", "0");
    assertThat(rows.get("empty")).startsWith("empty", "nothing handed in", "0");
    Stream.of("does not compile", "exits", "is a decoy", "is a test", "deep")
        .forEach(student -> assertThat(rows.get(student)).startsWith(student, "not gradable", "0"));
    assertThat(String.join(",", rows.get("exits"))).contains("System.exit is not allowed here");
    assertThat(out().resolve("index.html")).isNotEmptyFile();

    assertThat(grade("--check-walls").err())
        .contains("these walls stand: compiled apart, allow-list, ");

    String before = Files.readString(out().resolve("grades.csv"));
    assertThat(grade().out()).as("nothing runs again").contains("0 of 12 changed");
    assertThat(Files.readString(out().resolve("grades.csv"))).isEqualTo(before);

    Ended other = gradeExercise("4", "--out", out().toString());
    assertThat(other.err()).contains("--out: " + out() + " has the results of ex2-counting; name");
    assertThat(other.status()).isEqualTo(2);
    assertThat(Files.readString(out().resolve("grades.csv"))).isEqualTo(before);
  }

  @Test
  void without_an_image_nothing_is_graded_and_one_line_says_why() throws IOException {
    handIn("right", reference);
    Ended ended = grade("--base-image", "no-such-image:at-all");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .contains("\nthe image for grading can't be built: ")
        .contains("--base-image")
        .doesNotContain("\tat ");
    assertThat(out().resolve("grades.csv")).doesNotExist();
  }
}

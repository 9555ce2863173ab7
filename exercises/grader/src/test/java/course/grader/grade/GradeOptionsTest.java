package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed after grade and is no use: one line says why, and nothing is written. */
class GradeOptionsTest {
  @TempDir Path temporary;
  private Path submissions;

  private record Ended(String err, int status) {}

  @BeforeEach
  void make() throws IOException {
    assumeTrue(Files.exists(Path.of("../../exercises/solutions")), "there are no solutions here");
    submissions = Files.createDirectory(temporary.resolve("submissions"));
    Files.createDirectory(submissions.resolve("ann"));
  }

  private Ended grade(String... more) {
    return grade(submissions, more);
  }

  private static Ended grade(Path submissions, String... more) {
    var err = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(new StringWriter()));
    commandLine.setErr(new PrintWriter(err));
    var words = new ArrayList<>(List.of("grade", "2", submissions.toString()));
    words.addAll(List.of("--course", "../..", "--sandbox", "process"));
    words.addAll(List.of(more));
    int status = commandLine.execute(words.toArray(String[]::new));
    return new Ended(err.toString().replace("\r", ""), status);
  }

  private void refused(Ended ended, String why) {
    assertThat(ended).isEqualTo(new Ended(why + "\n", 2));
    assertThat(temporary.resolve("submissions-ex2-grades")).doesNotExist();
  }

  @Test
  void what_only_a_roster_has_is_refused_for_a_folder() {
    refused(
        grade("--deadline", "2027-01-31T23:59:59Z"),
        "--deadline is for a roster: nothing says when what is in %s was handed in"
            .formatted(submissions));
    refused(
        grade("--allow-host", "git.example.org"),
        "--allow-host is for a roster: %s is on this machine".formatted(submissions));
  }

  @Test
  void what_finds_names_in_those_of_files_is_refused_for_a_roster() throws IOException {
    Path roster = temporary.resolve("Roster.CSV");
    Files.writeString(roster, "student,url\nann,\n");
    refused(
        grade(roster, "--student", "(?<student>.*)"),
        "--student is for a folder or an archive: a roster has the names");
  }

  @Test
  void results_are_never_among_the_submissions_whatever_the_way_there() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), submissions);
    for (Path out :
        List.of(
            submissions,
            submissions.resolve("new/grades"),
            temporary.resolve("other/../submissions/grades"),
            link.resolve("grades"))) {
      refusedAmong(submissions, out);
      refusedAmong(link, out);
    }
    Path students = Files.move(submissions, temporary.resolve("students"));
    refusedAmong(students, temporary);
  }

  private void refusedAmong(Path submissions, Path out) {
    refused(
        grade(submissions, "--out", out.toString()),
        "--out: results in %s would be taken for what was handed in; name another".formatted(out));
    assertThat(out.resolve("grades.csv")).doesNotExist();
  }

  @Test
  void a_folder_with_results_by_name_takes_no_pseudonyms() throws IOException {
    Path out = Files.createDirectories(temporary.resolve("out/students")).getParent();
    refused(
        grade("--anonymous", "--out", out.toString()),
        "--out: %s has results that are by name, or have lost their pseudonyms.csv; name another"
            .formatted(out));
  }
}

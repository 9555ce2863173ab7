package course.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import course.grader.Main;
import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.grade.results.Results;
import course.grader.grade.results.ResultsOptions;
import course.grader.grade.sandbox.Sandbox;
import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.Solutions;
import course.grader.model.Submission;
import course.grader.model.TestResult;
import course.testkit.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of grade do, and what is said of those that are no use: one line, no run. */
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
  void a_file_is_no_place_for_results() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    refused(
        grade("--out", file.toString()), "--out: %s is no folder; name another".formatted(file));
  }

  @Test
  void a_folder_with_results_by_name_takes_no_pseudonyms() throws IOException {
    Path out = Files.createDirectories(temporary.resolve("out/students")).getParent();
    refused(
        grade("--anonymous", "--out", out.toString()),
        "--out: %s has results that are by name, or have lost their pseudonyms.csv; name another"
            .formatted(out));
  }

  /** All is kept, so nothing needs to run. */
  @Test
  void who_has_left_the_class_goes_to_the_history_but_not_in_a_run_of_some() throws IOException {
    Exercise exercise =
        Exercise.all(Path.of("../..")).stream()
            .filter(each -> each.isCalled("2"))
            .findFirst()
            .orElseThrow();
    Map<String, String> reference = new Solutions(exercise).reference();
    String source = reference.values().iterator().next();
    Files.writeString(submissions.resolve("ann/Totals.java"), source);
    Path out = temporary.resolve("out");
    Results results = Results.open(out, exercise, ResultsOptions.PLAIN);
    Submission files = Submission.of(reference);
    String key = Version.of(new GradedExercise(exercise), Sandbox.processes().version()).key(files);
    results.put(right("ann", files, exercise), key, List.of());
    results.put(right("bob", files, exercise), key, List.of());
    Path left = out.resolve("students/bob.json");
    assertThat(grade("--out", out.toString(), "--only-failed").status()).isZero();
    assertThat(left).exists();
    assertThat(grade("--out", out.toString()).status()).isZero();
    assertThat(left).doesNotExist();
    assertThat(out.resolve("history/bob.1.json")).exists();
    assertThat(out.resolve("students/ann.json")).exists();
  }

  private static Mark right(String student, Submission files, Exercise exercise) {
    List<TestResult> passed =
        exercise.tests().stream()
            .map(test -> new TestResult(test, Outcome.PASSED, Failure.NONE))
            .toList();
    var handIn =
        new HandIn(student, files, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    return new Mark(handIn, State.GRADED, "", passed, List.of(), List.of(), "");
  }
}

package course.grader.grade.results;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept from run to run, and what a run says of the one before. */
class ResultsTest {
  @TempDir Path out;

  private Results open() throws IOException {
    return Results.open(out, SampleMarks.EXERCISE, ResultsOptions.PLAIN);
  }

  private Summary run(List<Mark> marks, String key) throws IOException {
    Results results = open();
    for (Mark mark : marks) {
      results.put(mark, key, SampleMarks.WALLS);
    }
    return results.finish(
        marks.stream().map(mark -> mark.handIn().student()).toList(), List.of(), SampleMarks.WALLS);
  }

  private List<String> names(String folder) throws IOException {
    Path path = out.resolve(folder);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_mark_is_kept_whole_for_the_same_key_and_no_other() throws IOException {
    for (Mark mark : SampleMarks.marks(60)) {
      open().put(mark, "key", SampleMarks.WALLS);
      Optional<Mark> kept = open().kept(mark.handIn(), "key");
      if (mark.state() == State.GRADER_ERROR) {
        assertThat(kept).as("a grader error is no verdict").isEmpty();
      } else if (!String.valueOf(mark).contains("\ud83d")) { // no file can hold half a character
        assertThat(kept).contains(mark);
      }
      assertThat(open().kept(mark.handIn(), "another key")).isEmpty();
    }
  }

  @Test
  void a_folder_with_results_of_another_exercise_says_which_also_beside_a_damaged_file()
      throws IOException {
    var other = new Exercise(Path.of("ex5"), SampleMarks.EXERCISE.about(), List.of());
    assertThat(Results.fault(out, other, ResultsOptions.PLAIN)).isEmpty();
    open().put(SampleMarks.good("ann"), "key", List.of());
    Files.writeString(out.resolve("students/bob.json"), "{");
    assertThat(Results.fault(out, other, ResultsOptions.PLAIN))
        .contains("has the results of ex4-bounded-pool");
    assertThat(Results.fault(out, SampleMarks.EXERCISE, ResultsOptions.PLAIN)).isEmpty();
  }

  @Test
  void lateness_is_of_today_in_a_kept_mark() throws IOException {
    Mark mark = SampleMarks.good("ann");
    open().put(mark, "key", List.of());
    HandIn old = mark.handIn();
    var today =
        new HandIn(
            "ann",
            old.files(),
            old.refusal(),
            List.of("new note"),
            old.at(),
            Optional.of(Duration.ofDays(2)));
    Mark kept = open().kept(today, "key").orElseThrow();
    assertThat(kept.handIn()).isEqualTo(today);
    open().put(kept, "key", List.of());
    open().finish(List.of("ann"), List.of(), List.of());
    assertThat(out.resolve("grades.csv")).content().contains(",48:00:00,").contains("new note");
  }

  @Test
  void a_damaged_file_is_no_verdict_and_its_bytes_are_not_lost() throws IOException {
    open().put(SampleMarks.good("ann"), "key", List.of());
    Files.writeString(out.resolve("students/ann.json"), "{\"schema\": 1, \"student\": \"an");
    assertThat(open().kept(SampleMarks.handIn("ann"), "key")).isEmpty();
    assertThat(open().finish(List.of("ann"), List.of(), List.of()).faults())
        .containsExactly("ann has not been graded yet");
    open().put(SampleMarks.good("ann"), "key", List.of());
    assertThat(names("history")).containsExactly("ann.1.json");
  }

  @Test
  void what_says_otherwise_goes_to_the_history_and_what_says_the_same_does_not()
      throws IOException {
    Mark good = SampleMarks.good("ann");
    open().put(good, "key", List.of());
    open().put(good, "new key", List.of());
    assertThat(names("history")).as("only the key differs").isEmpty();
    open().put(SampleMarks.hiddenOnly(good.handIn()), "key", List.of());
    open().put(good, "key", List.of());
    assertThat(names("history")).containsExactly("ann.1.json", "ann.2.json");
    assertThat(names("students")).containsExactly("ann.json");
  }

  @Test
  void a_regrade_says_who_has_changed_and_how() throws IOException {
    assertThat(run(SampleMarks.marks(50), "1").line())
        .startsWith("50 students: ")
        .doesNotContain("changed");
    var again = new ArrayList<>(SampleMarks.marks(50));
    again.set(20, SampleMarks.good("student002"));
    again.set(21, Mark.none(SampleMarks.handIn("student003"), State.NOT_GRADABLE, "hm"));
    again.set(27, SampleMarks.hiddenOnly(SampleMarks.handIn("student009")));
    Summary summary = run(again, "2");
    assertThat(summary.changed()).isEqualTo(3);
    assertThat(summary.line()).endsWith("; 3 of 50 changed");
    assertThat(out.resolve("changes.csv"))
        .hasContent(
            """
            student,before,after,tests
            student002,4,8,"no longer fails: 2, 3"
            student003,5,not gradable,
            student009,8,5,fails now: 4 (hidden)
            """);
    assertThat(summary.table()).contains("student002 [changed]");
    assertThat(run(again, "2").changed()).as("the same again").isZero();
    assertThat(out.resolve("changes.csv")).hasContent("student,before,after,tests\n");
  }

  @Test
  void whoever_has_started_it_reads_at_once_what_went_wrong_on_our_side() throws IOException {
    String why = "a JVM for the tests did not start: \u001b[2Jno memory";
    Summary summary =
        run(List.of(Mark.none(SampleMarks.handIn("ann"), State.GRADER_ERROR, why)), "1");
    assertThat(summary.table())
        .matches(" +- +grader error +ann: a JVM for the tests did not start: \\P{Cntrl}+no memory");
  }

  @Test
  void a_run_that_was_cut_off_is_not_one_that_a_later_one_compares_with() throws IOException {
    run(List.of(SampleMarks.good("ann"), SampleMarks.good("bob")), "1");
    open().put(SampleMarks.hiddenOnly(SampleMarks.handIn("ann")), "2", List.of()); // and killed
    assertThat(open().finish(List.of("ann", "bob"), List.of(), List.of()).changed()).isEqualTo(1);
  }

  @Test
  void a_run_of_some_leaves_the_others_as_they_were() throws IOException {
    run(List.of(SampleMarks.good("ann"), SampleMarks.good("bob")), "1");
    run(List.of(SampleMarks.good("bob")), "1");
    Mark worse = SampleMarks.hiddenOnly(SampleMarks.handIn("ann"));
    assertThat(run(List.of(worse, SampleMarks.good("bob")), "1").changed()).isEqualTo(1);
  }

  @Test
  void what_the_last_run_said_can_be_asked_for() throws IOException {
    assertThat(open().last("ann")).isEmpty();
    open().put(Mark.none(SampleMarks.handIn("ann"), State.GRADER_ERROR, "why"), "", List.of());
    assertThat(open().last("ann").map(Mark::state)).contains(State.GRADER_ERROR);
  }

  @Test
  void each_odd_name_has_files_of_its_own_that_every_system_takes() throws IOException {
    List<Mark> marks = SampleMarks.marks(40);
    run(marks, "1");
    List<String> files = names("students");
    assertThat(files).hasSize(40).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,61}\\.json"));
    assertThat(files.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(toSet()))
        .as("where capitals do not count")
        .hasSize(40);
    assertThat(files).contains("ann.json").doesNotContain("CON.json", "Ann.json");
    assertThat(names("feedback")).hasSize(40);
    assertThat(FileNames.of("con")).startsWith("con-");
    String taken = FileNames.of("Ann").toLowerCase(Locale.ROOT);
    assertThat(FileNames.of(taken))
        .as("of who is called as Ann's file is")
        .isNotEqualToIgnoringCase(FileNames.of("Ann"));
  }

  @Test
  void a_file_that_can_not_be_written_whole_stays_as_it_was() throws IOException {
    Path file = out.resolve("grades.csv");
    AtomicFile.write(file, writer -> writer.write("old"));
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                writer -> {
                  writer.write("new");
                  throw new IOException("the disk is full");
                }))
        .hasMessage(file + " can't be written: the disk is full");
    assertThat(file).hasContent("old");
    assertThat(names(".")).containsExactly("grades.csv");
  }

  @Test
  void several_threads_put_at_once() throws Exception {
    Results results = open();
    List<Mark> marks = SampleMarks.marks(200);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> done = new ArrayList<>();
      for (Mark mark : marks) {
        done.add(
            threads.submit(() -> {
              results.put(mark, "key", SampleMarks.WALLS);
              return null;
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertThat(names("students")).hasSize(200);
  }

  @Test
  void the_same_verdicts_make_the_same_bytes() throws IOException {
    run(SampleMarks.marks(50), "1");
    byte[] first = Files.readAllBytes(out.resolve("grades.csv"));
    run(SampleMarks.marks(50), "other key");
    assertThat(out.resolve("grades.csv")).hasBinaryContent(first);
  }

  @Test
  void who_has_left_the_class_is_in_the_history_and_new_when_back() throws IOException {
    run(List.of(SampleMarks.good("Ann"), SampleMarks.good("bob")), "1");
    open().keepOnly(List.of("bob"));
    assertThat(run(List.of(SampleMarks.good("bob")), "1").line()).endsWith("0 of 1 changed");
    assertThat(names("students")).containsExactly("bob.json");
    assertThat(names("history")).containsExactly(FileNames.of("Ann") + ".1.json");
    assertThat(out.resolve("finished.json")).content().contains("bob").doesNotContain("Ann");
    Mark worse = SampleMarks.hiddenOnly(SampleMarks.handIn("Ann"));
    assertThat(run(List.of(worse, SampleMarks.good("bob")), "1").changed()).isZero();
  }

  @Test
  void feedback_of_who_has_left_the_class_goes() throws IOException {
    run(List.of(SampleMarks.good("ann"), SampleMarks.good("bob")), "1");
    run(List.of(SampleMarks.good("bob")), "1");
    assertThat(names("feedback")).containsExactly("bob.md");
  }
}

package course.grader.grade.results;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands beside the marks, and pseudonyms in place of names. */
class ResultsOptionsTest {
  @TempDir Path out;

  private Written written() {
    return new Written(out);
  }

  @Test
  void points_given_by_hand_stand_beside_the_marks() throws IOException {
    Path manual = out.resolve("manual.csv");
    String table =
        """
        \ufeffStudent;Points;Comment
        ann;1,5;"well; done"

        ;;
        bob;-1
        cy;x;
        ann;2;
        nobody;1;
        """;
    Files.writeString(manual, table.replace("\n", "\r\n"));
    var options = new ResultsOptions(Optional.of(manual), false);
    List<Mark> marks = Stream.of("ann", "bob", "cy").map(SampleMarks::good).toList();
    Summary summary = written().write(marks, options);
    assertThat(Files.readAllLines(out.resolve("grades.csv")))
        .first()
        .asString()
        .endsWith(",note,manual points,manual comment");
    assertThat(written().grades().get("ann").get("score")).as("the mark itself").isEqualTo("8");
    assertThat(written().grades().get("ann").get("manual points")).isEqualTo("1.5");
    assertThat(written().grades().get("ann").get("manual comment")).isEqualTo("well; done");
    assertThat(written().grades().get("bob").get("manual points")).isEqualTo("-1");
    assertThat(written().grades().get("cy").get("manual points")).isEmpty();
    assertThat(written().feedback("ann")).contains("1.5 points given by hand: well; done");
    assertThat(summary.faults())
        .containsExactly(
            "manual.csv:6: 'x' is no number of points",
            "manual.csv:7: 'ann' was there before, in line 2",
            "manual.csv:8: no student is called 'nobody'");
    assertThat(out.resolve("students/ann.json")).content().doesNotContain("well; done");
  }

  @Test
  void a_table_of_points_that_is_none_is_told() throws IOException {
    Path manual = out.resolve("manual.csv");
    var options = new ResultsOptions(Optional.of(manual), false);
    Files.writeString(manual, "ann,1\n");
    assertThatThrownBy(() -> written().write(List.of(), options))
        .hasMessageEndingWith(
            "manual.csv: its first line must name the columns student and points, and may name"
                + " comment: it is 'ann,1'");
    assertThatThrownBy(
            () -> written().write(List.of(), new ResultsOptions(Optional.of(out), false)))
        .hasMessage(out + " is a folder: name a CSV file");
  }

  @Test
  void a_row_of_points_that_is_none_costs_no_other() throws IOException {
    Path manual = out.resolve("manual.csv");
    String table =
        """
        sep=;
        comment;student;points
        5" too long;ann;1
        "open;cy;1
        Jos\u00e9;cy;1
        "two
        lines";bob;2
        """;
    Files.write(manual, table.getBytes(ISO_8859_1));
    List<Mark> marks = List.of(SampleMarks.good("ann"), SampleMarks.good("bob"));
    Summary summary = written().write(marks, new ResultsOptions(Optional.of(manual), false));
    assertThat(written().feedback("ann")).contains("1 points given by hand: 5\" too long");
    assertThat(written().feedback("bob")).contains("2 points given by hand: two", "lines");
    assertThat(summary.faults())
        .containsExactly(
            "manual.csv:4: has a quotation mark in the wrong place or not closed",
            "manual.csv:5: is not UTF-8: save it as CSV with UTF-8");
  }

  @Test
  void pseudonyms_are_in_no_order_of_names_and_others_in_another_folder() throws IOException {
    var options = new ResultsOptions(Optional.empty(), true);
    List<Mark> marks =
        IntStream.range(0, 10).mapToObj(i -> SampleMarks.good("student" + i)).toList();
    written().write(marks, options);
    assertThat(List.copyOf(written().grades().keySet())).hasSize(10).isSorted();
    List<String> before = List.copyOf(written().grades().keySet());
    Files.delete(out.resolve("pseudonyms.csv"));
    written().write(marks, options);
    assertThat(written().grades().keySet()).doesNotContainAnyElementsOf(before);
  }

  @Test
  void names_and_pseudonyms_are_never_in_one_folder() throws IOException {
    var anonymous = new ResultsOptions(Optional.empty(), true);
    assertThat(Results.fault(out, SampleMarks.EXERCISE, anonymous)).isEmpty();
    written().write(List.of(SampleMarks.good("ann")), anonymous);
    assertThat(Results.fault(out, SampleMarks.EXERCISE, anonymous)).isEmpty();
    assertThat(Results.fault(out, SampleMarks.EXERCISE, ResultsOptions.PLAIN))
        .contains("has pseudonyms, and this run is not --anonymous");
    Files.delete(out.resolve("pseudonyms.csv"));
    assertThat(Results.fault(out, SampleMarks.EXERCISE, ResultsOptions.PLAIN)).isEmpty();
    assertThat(Results.fault(out, SampleMarks.EXERCISE, anonymous))
        .contains("has results that are by name, or have lost their pseudonyms.csv");
  }

  @Test
  void pseudonyms_stand_for_all_names_and_stay() throws IOException {
    var options = new ResultsOptions(Optional.empty(), true);
    var marks = new ArrayList<>(List.of(SampleMarks.good("Doe, Jane"), SampleMarks.good("bob")));
    HandIn handIn = SampleMarks.handIn("Zoe");
    marks.add(Mark.none(handIn, State.NOT_GRADABLE, "subs/zoe/Pool.java is not HandlerPool.java"));
    written().write(marks, options);
    byte[] grades = Files.readAllBytes(out.resolve("grades.csv"));
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean key = file.endsWith("pseudonyms.csv");
        assertThat(Files.readString(file, UTF_8).contains("Jane"))
            .as(file.toString())
            .isEqualTo(key);
        assertThat(file.getFileName().toString()).doesNotContainIgnoringCase("jane");
        if (!key) {
          assertThat(file).content().doesNotContainIgnoringCase("zoe");
        }
      }
    }
    written().write(marks, options);
    assertThat(out.resolve("grades.csv")).as("the second time").hasBinaryContent(grades);
    assertThat(Results.open(out, SampleMarks.EXERCISE, options).kept(marks.get(1).handIn(), "key"))
        .isPresent();
    Files.writeString(out.resolve("pseudonyms.csv"), "pseudonym,student\n");
    assertThatThrownBy(() -> written().write(marks, options))
        .hasMessageContaining("the key is missing");
  }
}

package course.grader.grade.results;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.model.PlainText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVRecord;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What a student is called, wrote or printed is data in each format, and what is said is right. */
class FormatsTest {
  @TempDir Path out;

  private Written written() {
    return new Written(out);
  }

  @Test
  void the_columns_of_the_grades_are_in_their_order() throws IOException {
    written().write(List.of(SampleMarks.good("ann")), ResultsOptions.PLAIN);
    assertThat(Files.readAllLines(out.resolve("grades.csv")))
        .first()
        .isEqualTo(
            "student,state,score,possible,handed in,late by,"
                + "rule 1 (1),rule 2 (2),rule 3 (2),rule 4 (3),known mistake,note");
  }

  @Test
  void a_score_is_the_sum_of_its_rules_and_a_grader_error_is_no_mark() throws IOException {
    written().write(SampleMarks.marks(100), ResultsOptions.PLAIN);
    assertThat(written().grades()).hasSize(100);
    for (CSVRecord row : written().grades().values()) {
      List<String> rules = IntStream.range(6, 10).mapToObj(row::get).toList();
      switch (row.get("state")) {
        case "grader error" -> assertThat(row.get("score") + String.join("", rules)).isEmpty();
        case "graded" ->
            assertThat(rules.stream().mapToInt(Integer::parseInt).sum())
                .isEqualTo(Integer.parseInt(row.get("score")));
        default -> {
          assertThat(row.get("score")).isEqualTo("0");
          assertThat(rules).containsOnly("0");
        }
      }
    }
    assertThat(written().grades().get("Ann").get("known mistake")).isEqualTo("drops what waits");
    assertThat(written().grades().get("../x").get("note"))
        .isEqualTo("it does not compile: HandlerPool.java:12: error: ';' expected");
    assertThat(written().grades().get("student002").get("late by")).isEqualTo("1:35:00");
  }

  @Test
  void no_cell_of_a_table_is_a_formula_or_commands_a_terminal() throws IOException {
    var odd = new ArrayList<Mark>();
    for (String start : List.of("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝")) {
      HandIn handIn = SampleMarks.handIn(start + "cmd()");
      odd.add(Mark.none(handIn, State.NOT_GRADABLE, start + "cmd()"));
    }
    odd.addAll(SampleMarks.marks(30));
    written().write(odd, ResultsOptions.PLAIN);
    for (CSVRecord row : written().grades().values()) {
      assertThat(row.stream()).noneMatch(cell -> cell.matches("(?s)[=+\\-@\t\r\n＝].*"));
      assertThat(String.join("", row)).doesNotContain("\u001b", "\u202e", "\n", "\r");
    }
    assertThat(written().grades().get("'=cmd()").get("note")).isEqualTo("'=cmd()");
  }

  @Test
  void the_page_says_in_time_where_that_is_known_of_all() throws IOException {
    var calm = "Nobody: all have been graded%s and without a note.";
    var known = handedIn("ann", Optional.of(Duration.ZERO));
    written().write(List.of(known), ResultsOptions.PLAIN);
    assertThat(out.resolve("index.html")).content().contains(calm.formatted(", in time,"));
    var unknown = handedIn("bob", Optional.empty());
    written().write(List.of(known, unknown), ResultsOptions.PLAIN);
    assertThat(out.resolve("index.html")).content().contains(calm.formatted(""));
  }

  private static Mark handedIn(String student, Optional<Duration> lateBy) {
    HandIn any = SampleMarks.handIn(student);
    var handIn =
        new HandIn(student, any.files(), any.refusal(), List.of(), Optional.empty(), lateBy);
    return SampleMarks.failing(handIn, List.of(), List.of());
  }

  @Test
  void no_cell_is_a_formula_where_a_spreadsheet_separates_by_semicolons_or_tabs()
      throws IOException {
    List<Mark> odd =
        Stream.of(
                "a;=cmd()",
                "a; -cmd()",
                "a;\u00a0@cmd()",
                "a\t=cmd()",
                "a;\"=cmd()\"",
                "a;\t=cmd()")
            .map(SampleMarks::handIn)
            .map(handIn -> Mark.none(handIn, State.NOT_GRADABLE, handIn.student()))
            .toList();
    written().write(odd, ResultsOptions.PLAIN);
    assertThat(out.resolve("grades.csv"))
        .content()
        .contains("a;'=cmd()", "a; '-cmd()", "a =cmd()")
        .doesNotContainPattern("[;\t][\\s\\p{Z}\"]*[=+\\-@＝]");
  }

  @Test
  void feedback_has_the_score_the_rules_and_the_first_failure() throws IOException {
    written().write(SampleMarks.marks(10), ResultsOptions.PLAIN);
    assertThat(written().feedback("Ann"))
        .contains(
            "**4 of 8 points**",
            "- ok rule 1 (1 of 1): messages are handled by",
            "- **failed** rule 2 (0 of 2): a message waits in the queue",
            "## The first to mend: test 2",
            "Expected: the hand-off of message 3 returns false",
            "handler 1 was held at HandlerPool.handleAll")
        .doesNotContain("test 3 hands off", "drops", "container", "Note", "printed");
  }

  @Test
  void feedback_says_of_a_hidden_test_that_it_fails_and_no_more() throws IOException {
    String student = "<script>alert(1)</script>";
    written().write(SampleMarks.marks(10), ResultsOptions.PLAIN);
    assertThat(written().feedback(student))
        .contains(
            "- **failed** rule 4 (0 of 3): close handles what", "; a further test of it fails")
        .doesNotContain("twice", "Expected", "stuck", "secret", "Hidden", "hidden");
  }

  @Test
  void feedback_on_what_can_not_be_graded_says_why() throws IOException {
    written().write(SampleMarks.marks(20), ResultsOptions.PLAIN);
    assertThat(written().feedback("../x"))
        .contains("**0 of 8 points**: not gradable", "error: ';' expected");
    assertThat(written().feedback("@SUM(1)")).contains("**0 of 8 points**: nothing handed in");
    assertThat(written().feedback("CON"))
        .contains("**No mark yet**")
        .doesNotContain("0 of 8", "no engine");
  }

  @Test
  void nothing_in_feedback_is_markup_but_ours() throws IOException {
    written().write(SampleMarks.marks(40), ResultsOptions.PLAIN);
    try (Stream<Path> files = Files.list(out.resolve("feedback"))) {
      for (Path file : files.toList()) {
        var found = new ArrayList<String>();
        Parser.builder()
            .build()
            .parse(Files.readString(file))
            .accept(
                new AbstractVisitor() {
                  @Override
                  public void visit(Heading heading) {
                    found.add("h" + heading.getLevel());
                    visitChildren(heading);
                  }

                  @Override
                  public void visit(Link link) {
                    found.add("link");
                  }

                  @Override
                  public void visit(Image image) {
                    found.add("image");
                  }

                  @Override
                  public void visit(HtmlInline html) {
                    found.add("html");
                  }

                  @Override
                  public void visit(HtmlBlock html) {
                    found.add("html");
                  }

                  @Override
                  public void visit(BlockQuote quote) {
                    found.add("quote");
                  }
                });
        assertThat(String.join(" ", found)).as(file.toString()).matches("h1( h2( h2)?)?");
        assertThat(Files.readString(file)).doesNotContain("\u001b", "\u202e");
      }
    }
  }

  @Test
  void junits_xml_has_a_suite_for_each_student_and_no_control_characters() throws Exception {
    written().write(SampleMarks.marks(50), ResultsOptions.PLAIN);
    String xml = Files.readString(out.resolve("junit.xml"));
    assertThat(xml).doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]").doesNotContain("&#");
    Document document =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));
    var suites = document.getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(50);
    assertThat(((Element) suites.item(3)).getAttribute("name"))
        .isEqualTo("<script>alert(1)</script>");
    for (int i = 0; i < suites.getLength(); i++) {
      var suite = (Element) suites.item(i);
      String failures = suite.getAttribute("failures");
      String errors = suite.getAttribute("errors");
      assertThat(suite.getElementsByTagName("failure").getLength()).hasToString(failures);
      assertThat(suite.getElementsByTagName("error").getLength()).hasToString(errors);
      assertThat(suite.getElementsByTagName("testcase").getLength())
          .hasToString(suite.getAttribute("tests"));
    }
  }

  @Test
  void nothing_on_the_terminal_commands_it_or_a_forge() throws IOException {
    String table = written().write(SampleMarks.marks(40), ResultsOptions.PLAIN).table();
    assertThat(table.lines()).hasSize(40).noneMatch(line -> line.strip().startsWith("::"));
    assertThat(table).doesNotContain("\u001b", "\u0007", "\r", "\u202e");
    assertThat(PlainText.terminal(" \u3000\ufeff::error::x")).doesNotContain("::error");
    assertThat(PlainText.terminal("##[group]x ##vso[x]")).doesNotContain("##");
    assertThat(PlainText.terminal("HandlerPool::run")).isEqualTo("HandlerPool::run");
    assertThat(PlainText.line("a\r\nb\u0085\u2028\u007f\ud83d李\ud83d\ude00"))
        .isEqualTo("a␊b\ufffd\ufffd␡\ufffd李\ud83d\ude00");
  }
}

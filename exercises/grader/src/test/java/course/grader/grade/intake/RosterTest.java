package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rosters as spreadsheets write them: each good line counts, each bad one is named. */
class RosterTest {
  private static final String URL = "https://example.org/a.git";

  @TempDir Path temporary;
  private SmallCourse course;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
  }

  private Intake read(byte[] roster) throws IOException {
    Path file = temporary.resolve("roster.csv");
    Files.write(file, roster);
    return Intake.of(
        file,
        course.pool(),
        new IntakeOptions(Optional.of(Instant.EPOCH), Optional.empty(), Set.of(), Limits.USUAL));
  }

  private Intake read(String roster) throws IOException {
    return read(roster.replace("URL", URL).getBytes(UTF_8));
  }

  private static List<String> students(Intake intake) {
    return intake.sources().stream().map(Source::student).toList();
  }

  static Stream<Arguments> good() {
    return Stream.of(
        arguments("student,url\nAnn,URL\nBob,URL\n", List.of("Ann", "Bob")),
        arguments("student,url\nBob,URL\nAnn,URL", List.of("Bob", "Ann")),
        arguments("url,student\nURL,Ann\n", List.of("Ann")),
        arguments("mail, Student ,Url\na@example.org,Ann,URL\n", List.of("Ann")),
        arguments("student;url;deadline\r\nAnn;URL;\r\nBob;URL\r\n", List.of("Ann", "Bob")),
        arguments("student\turl\nAnn\tURL\n", List.of("Ann")),
        arguments("student,url\rAnn,URL\rBob,URL\r", List.of("Ann", "Bob")),
        arguments("\uFEFFstudent,url\nAnn,URL\n", List.of("Ann")),
        arguments("\uFEFF\"student\",\"url\"\n\"Ann\",\"URL\"\n", List.of("Ann")),
        arguments("\"student\";\"url\"\n\"Ann\";\"URL\"\n", List.of("Ann")),
        arguments("sep=;\nstudent;url\nAnn;URL\n", List.of("Ann")),
        arguments("\n,,\nstudent,url\n\n,\nAnn,URL\n  \n;\n".replace(";\n", ""), List.of("Ann")),
        arguments("student,url\n\"Doe, Jane\",URL\n", List.of("Doe, Jane")),
        arguments("student,url\n\"the \"\"other\"\" Ann\",URL\n", List.of("the \"other\" Ann")),
        arguments("student,url\n O'Brien ,URL\n王小明,URL\n", List.of("O'Brien", "王小明")),
        arguments("student,url\nAnn,URL,,,\n", List.of("Ann")),
        arguments("student,url\nAnn,git@example.org:ann/a.git\n", List.of("Ann")),
        arguments("student,url\n", List.of()));
  }

  @ParameterizedTest
  @MethodSource("good")
  void a_good_roster(String roster, List<String> students) throws IOException {
    Intake intake = read(roster);
    assertThat(intake.faults()).isEmpty();
    assertThat(students(intake)).isEqualTo(students);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments("Ann,URL", "Ann is in line 2 already, which is the one that counts"),
        arguments(",URL", "has no student"),
        arguments(
            "Doe, Jane,URL,x",
            "has 4 columns, and the first line has 3: text with a comma needs quotation marks"),
        arguments("\"Bob,URL", "has a quotation mark in the wrong place or not closed"),
        arguments("Doe, Jane,URL", "'Jane' is no URL of a repository"),
        arguments("Bob,see my mail", "'see my mail' is no URL of a repository"),
        arguments("Bob,n/a", "'n/a' is no URL of a repository"),
        arguments("Bob,https://", "'https://' is no URL of a repository"),
        arguments("Bob,ftp://example.org/a", "ftp: is not read, only https and ssh"),
        arguments("Bob,ext::sh -c id", "'ext::sh -c id' is no URL of a repository"),
        arguments("Bob,ssh://-oProxyCommand=id/a", "has no usable host or user"),
        arguments("Bob,ssh://-x@example.org/a", "has no usable host or user"),
        arguments("Bob,https://me:secret@/a.git", "has no usable host or user"),
        arguments(
            "Bob,URL,2026-11-30T23:59",
            "the deadline '2026-11-30T23:59' has no zone: add one, such as +01:00 or"
                + " [Europe/Berlin]"),
        arguments("Bob,URL,tomorrow", "'tomorrow' is no deadline"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void a_bad_line_is_named_and_the_others_count(String line, String why) throws IOException {
    Intake intake = read("student,url,deadline\nAnn,URL\n\n%s\nZoe,URL\n".formatted(line));
    assertThat(students(intake)).containsExactly("Ann", "Zoe");
    assertThat(intake.faults())
        .singleElement()
        .asString()
        .startsWith("roster.csv:4: ")
        .contains(why);
    assertThat(intake.faults().toString()).doesNotContain("secret");
  }

  @Test
  void a_bad_line_takes_nobody_s_place() throws IOException {
    Intake intake = read("student,url,deadline\nAnn,my mail\nAnn,URL,tomorrow\nAnn,URL\nAnn,URL\n");
    assertThat(students(intake)).containsExactly("Ann");
    assertThat(intake.faults())
        .hasSize(3)
        .last()
        .isEqualTo("roster.csv:5: Ann is in line 4 already, which is the one that counts");
  }

  @Test
  void a_line_that_is_no_UTF_8_is_named_and_the_others_count() throws IOException {
    var roster = new ByteArrayOutputStream();
    roster.write("student,url\nAnn,%s\nJö,%s\n".formatted(URL, URL).getBytes(ISO_8859_1));
    roster.write("Bö,%s\n".formatted(URL).getBytes(UTF_8));
    Intake intake = read(roster.toByteArray());
    assertThat(students(intake)).containsExactly("Ann", "Bö");
    assertThat(intake.faults())
        .containsExactly("roster.csv:3: is not UTF-8: save it as CSV with UTF-8");
  }

  @Test
  void who_has_no_URL_has_handed_in_nothing() throws IOException {
    HandIn handIn = read("student,url\nAnn,\n").sources().getFirst().read();
    assertThat(handIn.refusal())
        .contains(new HandIn.Refusal(State.NOTHING_HANDED_IN, "the roster's line 2 has no URL"));
  }

  @Test
  void a_deadline_of_one_s_own_comes_before_the_class_s() throws IOException {
    Intake intake = read("student,url,deadline\nAnn,URL,2026-11-30T23:59Z\nBob,URL,\n");
    assertThat(intake.sources())
        .extracting(source -> ((RepositorySource) source).deadline().orElseThrow())
        .containsExactly(Instant.parse("2026-11-30T23:59:00Z"), Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", "name,url\nAnn,URL\n", "student,link\nAnn,URL\n", "student,url,url\n"})
  void without_a_header_a_roster_is_not_used(String roster) {
    assertThatThrownBy(() -> read(roster))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("roster.csv: its first line must name the columns student and url")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void a_roster_in_UTF_16_is_told() {
    assertThatThrownBy(() -> read("\uFEFFstudent,url\n".getBytes(UTF_16LE)))
        .hasMessageEndingWith("roster.csv is UTF-16: save it as CSV with UTF-8");
  }
}

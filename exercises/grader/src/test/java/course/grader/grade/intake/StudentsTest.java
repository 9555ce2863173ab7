package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import course.grader.grade.model.HandIn;
import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose each entry is, in a folder and in an archive of it. */
class StudentsTest {
  @TempDir Path temporary;
  private SmallCourse course;
  private Path submissions;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
    submissions = Files.createDirectory(temporary.resolve("submissions"));
  }

  static Stream<Arguments> names() {
    return Stream.of(
        arguments("ann/Pool.java", "ann"),
        arguments("Ann O'Brien/Pool.java", "Ann O'Brien"),
        arguments("王小明/Pool.java", "王小明"),
        arguments("ann.lee/Pool.java", "ann.lee"),
        arguments("ann.java", "ann"),
        arguments("ann.lee.java", "ann.lee"),
        arguments("ann_Pool.java", "ann"),
        arguments("Doe, Jane - Pool.java", "Doe, Jane"),
        arguments("ann_pool(1).java", "ann"),
        arguments("ann_Pool.java.txt", "ann"),
        arguments("CarPool.java", "CarPool"),
        arguments("größer_Pool.java", "größer"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_student_s_name(String entry, String student) throws IOException {
    SmallCourse.write(submissions.resolve(entry), "class " + student.hashCode());
    assertThat(read(course.pool(), Optional.empty()))
        .isEqualTo(Map.of(student, "class " + student.hashCode()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_student_s_name_in_an_archive(String entry, String student) throws IOException {
    for (String top : List.of("", "class of 2026/")) {
      byte[] text = ("class " + student.hashCode()).getBytes(UTF_8);
      var files = new LinkedHashMap<String, byte[]>();
      files.put(top + entry, text);
      files.put(top + "zoe/Pool.java", text);
      for (byte[] archive : List.of(Archives.zip(files), Archives.gzip(Archives.tar(files)))) {
        submissions = temporary.resolve("all");
        Files.write(submissions, archive);
        assertThat(read(course.pool(), Optional.empty()))
            .containsOnlyKeys(student, "zoe")
            .containsEntry(student, "class " + student.hashCode());
      }
    }
  }

  private Map<String, String> read(Exercise exercise, Optional<String> pattern) throws IOException {
    var options =
        new IntakeOptions(
            Optional.empty(), pattern.map(IntakeOptions::studentPattern), Set.of(), Limits.USUAL);
    Intake intake = Intake.of(submissions, exercise, options);
    assertThat(intake.faults()).isEmpty();
    var read = new LinkedHashMap<String, String>();
    for (Source source : intake.sources()) {
      HandIn handIn = source.read();
      assertThat(handIn.student()).isEqualTo(source.student());
      read.put(
          source.student(),
          handIn.refusal().isEmpty()
              ? String.join("+", new java.util.TreeMap<>(handIn.files().texts()).values())
              : handIn.refusal().get().why());
    }
    return read;
  }

  @Test
  void students_come_in_the_order_of_their_names() throws IOException {
    for (String name : List.of("zoe", "ann", "bob")) {
      SmallCourse.write(submissions.resolve(name + "/Pool.java"), "class A {}");
    }
    assertThat(read(course.pool(), Optional.empty()).keySet()).containsExactly("ann", "bob", "zoe");
  }

  @Test
  void junk_is_nobody_s() throws IOException {
    SmallCourse.write(
        submissions,
        Map.of(".DS_Store", "", "__MACOSX/ann", "", ".gitignore", "", "ann.java", "class A {}"));
    assertThat(read(course.pool(), Optional.empty())).containsOnlyKeys("ann");
  }

  @Test
  void two_files_of_one_student_are_one_hand_in() throws IOException {
    SmallCourse.write(
        submissions, Map.of("ann_Server.java", "server", "ann_Connection.java", "connection"));
    assertThat(read(course.stop(), Optional.empty())).isEqualTo(Map.of("ann", "connection+server"));
  }

  @Test
  void of_two_files_a_lone_name_does_not_say_which() throws IOException {
    SmallCourse.write(submissions, Map.of("ann.java", "server"));
    assertThat(read(course.stop(), Optional.empty()))
        .isEqualTo(Map.of("ann", "there is no Server.java nor Connection.java: found ann.java"));
  }

  @Test
  void what_one_student_did_does_not_touch_the_others() throws IOException {
    SmallCourse.write(
        submissions, Map.of("ann.zip", "PK\3\4", "bob.java", "class B {}", "cem/a.txt", "a"));
    Files.createDirectory(submissions.resolve("dan"));
    assertThat(read(course.pool(), Optional.empty()))
        .isEqualTo(
            Map.of(
                "ann", "ann.zip is damaged: it can't be read as a zip archive",
                "bob", "class B {}",
                "cem", "there is no Pool.java: found a.txt",
                "dan", "there is no file"));
  }

  @Test
  void an_archive_of_one_student_s_archives_is_read() throws IOException {
    byte[] ann = Archives.zip(Map.of("Pool.java", "class A {}".getBytes(UTF_8)));
    submissions = temporary.resolve("all.zip");
    Files.write(
        submissions,
        Archives.zip(Map.of("ann.zip", ann, "bob/work.zip", ann, "cem/", new byte[0])));
    assertThat(read(course.pool(), Optional.empty()))
        .isEqualTo(Map.of("ann", "class A {}", "bob", "class A {}", "cem", "there is no file"));
  }

  @Test
  void a_pattern_finds_the_names_in_what_learning_systems_hand_out() throws IOException {
    SmallCourse.write(
        submissions,
        Map.of(
            "Ann Lee_123_assignsubmission_file_/Pool.java",
            "a",
            "Bob_4_assignsubmission_file_/Pool.java",
            "b"));
    assertThat(read(course.pool(), Optional.of("^(?<student>[^_]+)_\\d+_")))
        .isEqualTo(Map.of("Ann Lee", "a", "Bob", "b"));
  }

  @Test
  void of_several_entries_of_one_student_it_is_told_which_is_which() throws IOException {
    for (String entry :
        List.of("ann_1/Pool.java", "ann_2/Pool.java", "bob_1_Pool.java", "bob_2_Pool.java")) {
      SmallCourse.write(submissions.resolve(entry), "class " + entry.charAt(4));
    }
    assertThat(read(course.pool(), Optional.of("^(?<student>[a-z]+)_")))
        .isEqualTo(
            Map.of(
                "ann",
                "which Pool.java is meant? There are ann_1/Pool.java and ann_2/Pool.java",
                "bob",
                "which Pool.java is meant? There are bob_1_Pool.java/Pool.java and"
                    + " bob_2_Pool.java/Pool.java"));
  }

  @Test
  void a_pattern_finds_the_names_in_files() throws IOException {
    SmallCourse.write(
        submissions, Map.of("leeann_12_345_Pool-1.java", "a", "bob_LATE_13_346_Pool.java", "b"));
    assertThat(read(course.pool(), Optional.of("^(?<student>[a-z]+)_")))
        .isEqualTo(Map.of("leeann", "a", "bob", "b"));
  }

  @Test
  void what_is_nobody_s_is_named() throws IOException {
    SmallCourse.write(submissions, Map.of("Pool.java", "a", "ann.java", "b"));
    assertThat(Intake.of(submissions, course.pool(), IntakeOptions.NONE).faults())
        .containsExactly(
            "Pool.java: whose is it? Call it NAME_FILE.java, or put it into a folder with the"
                + " student's name");
  }

  @Test
  void a_pattern_needs_the_group_student() {
    assertThatThrownBy(() -> IntakeOptions.studentPattern("(?<name>.*)"))
        .hasMessage("'(?<name>.*)' has no group for the student's name: write (?<student>...)");
    assertThatThrownBy(() -> IntakeOptions.studentPattern("("))
        .hasMessageStartingWith("'(' is no regular expression");
  }

  @Test
  void what_can_t_be_used_at_all_is_told_in_a_line() throws IOException {
    Path text = Files.writeString(temporary.resolve("a.txt"), "text");
    for (Path wrong : List.of(temporary.resolve("missing"), text, submissions)) {
      assertThatThrownBy(() -> Intake.of(wrong, course.pool(), IntakeOptions.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(wrong.getFileName()))
          .message()
          .doesNotContain("\n");
    }
  }
}

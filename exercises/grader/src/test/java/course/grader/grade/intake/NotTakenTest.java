package course.grader.grade.intake;

import static course.grader.grade.intake.Archives.gzip;
import static course.grader.grade.intake.Archives.tar;
import static course.grader.grade.intake.Archives.zip;
import static course.grader.grade.intake.SmallCourse.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import course.grader.grade.model.HandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left out, and what is told of it: other files, odd names, links, what is too large. */
class NotTakenTest extends OneStudent {
  @Test
  void names_in_a_zip_are_read_in_the_encoding_of_DOS_where_they_are_no_UTF_8() throws IOException {
    write(files("ann.zip", zip(files("größer.txt", MINE), "IBM437")));
    assertThat(outcome(read())).endsWith("found ann.zip/größer.txt");
  }

  @Test
  void what_is_not_taken_is_named() throws IOException {
    write(
        files(
            "ann/" + POOL,
            MINE,
            "ann/src/main/java/course/server/Node.java",
            OTHER,
            "ann/src/main/java/course/server/Task.java",
            OTHER,
            "ann/readme.txt",
            OTHER));
    assertThat(read().notes()).containsExactly("Node.java is not taken: only Pool.java counts");
  }

  @Test
  void of_many_that_are_not_taken_a_few_are_named() throws IOException {
    var files = files("ann/Pool.java", MINE);
    IntStream.range(0, 9).forEach(i -> files.put("ann/A" + i + ".java", OTHER));
    write(files);
    assertThat(read().notes())
        .containsExactly(
            "A0.java, A1.java, A2.java and 6 more are not taken: only Pool.java counts");
  }

  @Test
  void in_a_copy_of_the_course_only_what_is_beside_is_named() throws IOException {
    write(
        files(
            "ann/exercises/ex4-pool/" + POOL,
            MINE,
            "ann/exercises/ex4-pool/src/main/java/course/server/Node.java",
            OTHER,
            "ann/exercises/ex5-elastic/src/main/java/course/server/Extra.java",
            OTHER,
            "ann/Course.java",
            OTHER));
    assertThat(read().notes()).containsExactly("Node.java is not taken: only Pool.java counts");
  }

  @Test
  void a_name_that_is_not_quite_right_is_told() throws IOException {
    write(files("ann/pool(2).java.txt", MINE));
    assertThat(read().notes()).containsExactly("pool(2).java.txt is taken as Pool.java");
  }

  @Test
  void a_byte_order_mark_is_told() throws IOException {
    write(files("ann/Pool.java", bytes("\uFEFFclass Mine {}\n")));
    assertThat(read().files().advice()).singleElement().asString().contains("(BOM)");
  }

  @Test
  void links_on_disk_are_not_followed() throws IOException {
    Path secret = temporary.resolve("course/Pool.java");
    Files.write(secret, OTHER);
    Files.createDirectory(submissions.resolve("ann"));
    Files.createSymbolicLink(submissions.resolve("ann/Pool.java"), secret);
    assertThat(outcome(read()))
        .isEqualTo("not gradable: Pool.java is a link, and links are not followed");
  }

  @Test
  void a_folder_that_is_a_link_is_not_followed() throws IOException {
    Files.write(temporary.resolve("course/Pool.java"), OTHER);
    Files.createSymbolicLink(submissions.resolve("ann"), temporary.resolve("course"));
    assertThat(outcome(read()))
        .isEqualTo("not gradable: ann is a link, and links are not followed");
  }

  @Test
  void a_checkout_s_git_folder_is_not_opened() throws IOException {
    write(files("ann/.git/Pool.java", OTHER, "ann/.git/hooks/a.zip", OTHER, "ann/Pool.java", MINE));
    assertThat(outcome(read())).isEqualTo(TAKEN);
  }

  private static final Limits SMALL =
      new Limits(1_000, 20_000, 3_000, 100_000, 20, 0, 0, 0, Limits.USUAL.fetchTime());

  static Stream<Arguments> large() {
    byte[] zeros = new byte[200_000];
    byte[] random = new byte[30_000];
    new Random(1).nextBytes(random);
    Map<String, byte[]> many =
        IntStream.range(0, 50)
            .boxed()
            .collect(Collectors.toMap(i -> "ann/" + i + ".txt", i -> MINE));
    Map<String, byte[]> archives =
        IntStream.range(0, 10)
            .boxed()
            .collect(Collectors.toMap(i -> i + ".zip", _ -> zip(files("r", MINE))));
    byte[] bomb = gzip(tar(files("zeros", zeros, "Pool.java", MINE)));
    return Stream.of(
        arguments(
            files("ann/Pool.java", zeros), "Pool.java is too large: it has more than 1,000 bytes"),
        arguments(
            files("ann.zip", zip(files("Pool.java", zeros))),
            "Pool.java is too large: it has more than 1,000 bytes"),
        arguments(
            files("ann.zip", zip(files("r", random))),
            "ann.zip is too large: it has more than 20,000 bytes"),
        arguments(files("ann.tgz", bomb), "ann.tgz unpacks to more than 100,000 bytes"),
        arguments(
            files(
                "ann.zip",
                zip(files("a.zip", zip(files("Pool.java", Arrays.copyOf(random, 4_000)))))),
            "a.zip is too large: it has more than 3,000 bytes"),
        arguments(files("ann.zip", zip(archives)), "there are more than 10 archives to look into"),
        arguments(many, "there are more than 20 files"),
        arguments(files("ann.zip", zip(many)), "ann.zip has more than 20 files"),
        arguments(
            files("ann.tar", Archives.tarWithName(2_000_000)),
            "ann.tar is too large: it has more than 20,000 bytes"));
  }

  @ParameterizedTest
  @MethodSource("large")
  void what_is_too_large_is_not_read(Map<String, byte[]> files, String why) throws IOException {
    write(files);
    var options =
        new IntakeOptions(
            IntakeOptions.NONE.deadline(), IntakeOptions.NONE.student(), Set.of(), SMALL);
    assertThat(outcome(read(options))).isEqualTo("not gradable: " + why);
  }

  @Test
  void a_name_in_a_tar_that_never_ends_is_not_read() throws IOException {
    write(files("ann.tgz", gzip(Archives.tarWithName(2_000_000))));
    assertThat(outcome(read()))
        .isEqualTo("not gradable: ann.tgz has a file with an endless name or header");
  }

  @Test
  void a_file_that_may_not_be_read_is_told() throws IOException {
    write(files("ann/Pool.java", MINE));
    Path file = submissions.resolve("ann/Pool.java");
    assertThat(file.toFile().setReadable(false)).isTrue();
    assertThat(outcome(read()))
        .isEqualTo(
            Files.isReadable(file) // as root may all
                ? TAKEN
                : "not gradable: Pool.java can't be opened: you have no permission");
  }

  @Test
  void of_two_files_a_missing_one_is_the_starter_s() throws IOException {
    write(files("ann/Server.java", MINE));
    HandIn handIn =
        Intake.of(submissions, course.stop(), IntakeOptions.NONE).sources().getFirst().read();
    assertThat(handIn.files().texts())
        .isEqualTo(
            Map.of(
                SmallCourse.SERVER,
                "class Mine {}\n",
                SmallCourse.CONNECTION,
                "class Starter {}\n"));
    assertThat(handIn.notes())
        .isEqualTo(List.of("Connection.java is not there: the starter's is taken"));
  }
}

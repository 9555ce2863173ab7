package course.grader.grade.intake;

import static course.grader.grade.intake.Archives.encrypted;
import static course.grader.grade.intake.Archives.gzip;
import static course.grader.grade.intake.Archives.tar;
import static course.grader.grade.intake.Archives.tarWithLink;
import static course.grader.grade.intake.Archives.zip;
import static course.grader.grade.intake.Archives.zipWithLink;
import static course.grader.grade.intake.SmallCourse.POOL;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import course.grader.grade.model.HandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One student's files in each shape that they come in: the right one is taken, or it is said why
 * not.
 */
class ShapesTest {
  private static final byte[] MINE = bytes("class Mine {}\n");
  private static final byte[] OTHER = bytes("class Other {}\n");
  private static final String TAKEN = "taken";

  @TempDir Path temporary;
  private SmallCourse course;
  private Path submissions;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
    submissions = Files.createDirectory(temporary.resolve("submissions"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Map<String, byte[]> files(Object... namesAndBytes) {
    var files = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      files.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
    }
    return files;
  }

  static Stream<Arguments> shapes() {
    String full = "exercises/ex4-pool/" + POOL;
    byte[] zipped = zip(files("Pool.java", MINE));
    byte[] marked = bytes("\uFEFFclass Mine {}\n");
    return Stream.of(
        arguments("the file in a folder", files("ann/Pool.java", MINE), TAKEN),
        arguments("folders in folders", files("ann/a/b/c d/Pool.java", MINE), TAKEN),
        arguments("the exercise's folder", files("ann/" + POOL, MINE), TAKEN),
        arguments("the file itself", files("ann.java", MINE), TAKEN),
        arguments("the file with a name", files("ann_Pool.java", MINE), TAKEN),
        arguments("the file with a long name", files("ann_12_34_Pool-1.java", MINE), TAKEN),
        arguments("a zip", files("ann.zip", zipped), TAKEN),
        arguments("a zip in a folder", files("ann/work.zip", zipped), TAKEN),
        arguments("a zip with no name", files("ann", zipped), TAKEN),
        arguments("a zip in a zip", files("ann.zip", zip(files("b.zip", zipped))), TAKEN),
        arguments(
            "a zip in a zip in a zip",
            files("ann.zip", zip(files("b.zip", zip(files("c.zip", zipped))))),
            "not gradable: there is no Pool.java: found ann.zip/b.zip/c.zip"),
        arguments("a tar", files("ann.tar", tar(files("a/Pool.java", MINE))), TAKEN),
        arguments("a tar.gz", files("ann.tar.gz", gzip(tar(files("Pool.java", MINE)))), TAKEN),
        arguments(
            "a tgz in a zip",
            files("ann.zip", zip(files("x.tgz", gzip(tar(files("Pool.java", MINE)))))),
            TAKEN),
        arguments("a gz", files("ann/Pool.java.gz", gzip(MINE)), TAKEN),
        arguments("a zip called tar", files("ann.tar", zipped), TAKEN),
        arguments(
            "backslashes", files("ann.zip", zip(files("src\\course\\Pool.java", MINE))), TAKEN),
        arguments(
            "a zip of a Mac",
            files(
                "ann.zip",
                zip(files("__MACOSX/._Pool.java", OTHER, "Pool.java", MINE, ".DS_Store", OTHER))),
            TAKEN),
        arguments(
            "a folder of a Mac",
            files("ann/._Pool.java", OTHER, "ann/__MACOSX/Pool.java", OTHER, "ann/Pool.java", MINE),
            TAKEN),
        arguments(
            "the same file twice", files("ann/Pool.java", MINE, "ann/b/Pool.java", MINE), TAKEN),
        arguments(
            "a copy of the course",
            files(
                "ann/" + full,
                MINE,
                "ann/exercises/ex5-elastic/" + POOL,
                OTHER,
                "ann/old/Pool.java",
                OTHER),
            TAKEN),
        arguments(
            "two of that name",
            files("ann/a/Pool.java", MINE, "ann/b/Pool.java", OTHER),
            "not gradable: which Pool.java is meant? There are a/Pool.java and b/Pool.java"),
        arguments(
            "two of that name in a zip",
            files("ann.zip", zip(files("a/Pool.java", MINE, "b/Pool.java", OTHER))),
            "not gradable: which Pool.java is meant? There are ann.zip/a/Pool.java and"
                + " ann.zip/b/Pool.java"),
        arguments(
            "another exercise's",
            files("ann/exercises/ex5-elastic/" + POOL, MINE),
            "not gradable: there is no Pool.java of this exercise: found exercises/ex5-elastic/"
                + POOL
                + ", which is another one's"),
        arguments(
            "another name",
            files("ann/Node.java", MINE, "ann/a.txt", MINE),
            "not gradable: there is no Pool.java: found Node.java and a.txt"),
        arguments("nothing", files("ann/", MINE), "nothing handed in: there is no file"),
        arguments(
            "nothing but junk",
            files("ann/.DS_Store", MINE),
            "nothing handed in: there is no file"),
        arguments(
            "an empty file",
            files("ann/Pool.java", bytes(" \n")),
            "not gradable: Pool.java is empty"),
        arguments(
            "an empty zip",
            files("ann.zip", zip(files())),
            "not gradable: ann.zip is an empty archive"),
        arguments(
            "an empty file called zip",
            files("ann.zip", bytes("")),
            "not gradable: ann.zip is empty"),
        arguments(
            "a zip of nothing but folders",
            files("ann.zip", zip(files("a/", bytes("")))),
            "not gradable: ann.zip is an empty archive"),
        arguments(
            "an encrypted zip",
            files("ann.zip", encrypted(files("Pool.java", MINE))),
            "not gradable: ann.zip/Pool.java is encrypted"),
        arguments(
            "a rar called zip",
            files("ann.zip", bytes("Rar!\32\7\0...")),
            "not gradable: ann.zip is a rar archive, which can't be read: a zip or a tar.gz can"),
        arguments(
            "a 7z",
            files("ann/a.7z", new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 39, 28}),
            "not gradable: a.7z is a 7z archive, which can't be read: a zip or a tar.gz can"),
        arguments(
            "a PDF",
            files("ann.pdf", bytes("%PDF-1.7")),
            "not gradable: ann.pdf is a PDF, which can't be read: a zip or a tar.gz can"),
        arguments(
            "anything",
            files("ann.docx", bytes("anything")),
            "not gradable: ann.docx is no Java source and no archive that can be read (zip,"
                + " tar.gz)"),
        arguments(
            "half a zip",
            files("ann.zip", Arrays.copyOf(zipped, 60)),
            "not gradable: ann.zip is damaged: it can't be read as a zip archive"),
        arguments(
            "half a tar.gz",
            files("ann.tgz", Arrays.copyOf(gzip(tar(files("Pool.java", MINE))), 60)),
            "not gradable: ann.tgz is damaged: it can't be read as a gzip archive"),
        arguments(
            "a damaged file in a zip",
            files("ann.zip", damaged()),
            "not gradable: Pool.java is damaged"),
        arguments(
            "a zip called Pool.java",
            files("ann/Pool.java", zipped),
            "not gradable: Pool.java is a zip archive under a source's name"),
        arguments("zip-slip", files("ann.zip", zip(files("../../Pool.java", MINE))), TAKEN),
        arguments(
            "a link in a zip",
            files("ann.zip", zipWithLink("Pool.java", "/etc/passwd")),
            "not gradable: ann.zip/Pool.java is a link, and links are not followed"),
        arguments(
            "a link in a tar",
            files("ann.tar", tarWithLink("Pool.java", "/etc/passwd")),
            "not gradable: ann.tar/Pool.java is a link, and links are not followed"),
        arguments("downloaded twice", files("ann/Pool(1).java", MINE), TAKEN),
        arguments("a copy", files("ann/Pool - Copy.java", MINE), TAKEN),
        arguments("in small letters", files("ann/pool.java", MINE), TAKEN),
        arguments("as a text", files("ann/Pool.java.txt", MINE), TAKEN),
        arguments(
            "two that come near",
            files("ann/Pool(1).java", MINE, "ann/Pool(2).java", OTHER),
            "not gradable: which Pool.java is meant? There are Pool(1).java and Pool(2).java"),
        arguments(
            "the right one and one that comes near",
            files("ann/Pool.java", MINE, "ann/Pool(1).java", OTHER),
            TAKEN),
        arguments(
            "a name that only ends so",
            files("ann/ThreadPool.java", MINE),
            "not gradable: there is no Pool.java: found ThreadPool.java"),
        arguments("a byte order mark", files("ann/Pool.java", marked), TAKEN),
        arguments(
            "UTF-16",
            files("ann/Pool.java", "class Mine {}".getBytes(UTF_16)),
            "not gradable: Pool.java:1: this is UTF-16: save the file as UTF-8, in your editor"),
        arguments(
            "Latin-1",
            files("ann/Pool.java", "// größer".getBytes(ISO_8859_1)),
            "not gradable: Pool.java:1: the byte f6 is not UTF-8: save the file as UTF-8, in your"
                + " editor"),
        arguments(
            "a NUL byte",
            files("ann/Pool.java", bytes("a\nb\0")),
            "not gradable: Pool.java:2: here is a NUL byte, which no text has: delete it, or save"
                + " the file as UTF-8 if it is UTF-16"),
        arguments(
            "a class",
            files(
                "ann/Pool.java",
                new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0}),
            "not gradable: Pool.java:1: this is a compiled class: put its source back"),
        arguments(
            "a pointer of LFS",
            files(
                "ann/Pool.java",
                bytes("version https://git-lfs.github.com/spec/v1\noid sha256:1\n")),
            "not gradable: Pool.java is a pointer of Git LFS: its text is not in the repository"),
        arguments(
            "a folder of that name",
            files("ann/Pool.java/a.txt", MINE),
            "not gradable: there is no Pool.java: found Pool.java/a.txt"),
        arguments(
            "a name of many lines",
            files("ann.zip", zip(files("a\n\u001b[31mb.txt", MINE))),
            "not gradable: there is no Pool.java: found ann.zip/a??[31mb.txt"));
  }

  private static byte[] damaged() {
    byte[] zip =
        zip(files("Pool.java", bytes("class Mine { int a, b, c, d, e, f, g; }".repeat(5))));
    int start = new String(zip, ISO_8859_1).indexOf("Pool.java") + 9;
    zip[start + 20] ^= 0x55;
    return zip;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void shape(String what, Map<String, byte[]> files, String expected) throws IOException {
    write(files);
    assertThat(outcome(read())).isEqualTo(expected);
    try (Stream<Path> there = Files.list(temporary)) {
      assertThat(there).as("nothing was written").hasSize(2);
    }
  }

  private void write(Map<String, byte[]> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = submissions.resolve(file.getKey());
      if (file.getKey().endsWith("/")) {
        Files.createDirectories(path);
      } else {
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
  }

  private HandIn read() throws IOException {
    return read(IntakeOptions.NONE);
  }

  private HandIn read(IntakeOptions options) throws IOException {
    Intake intake = Intake.of(submissions, course.pool(), options);
    assertThat(intake.faults()).isEmpty();
    assertThat(intake.sources()).hasSize(1);
    return intake.sources().getFirst().read();
  }

  private static String outcome(HandIn handIn) {
    if (handIn.refusal().isPresent()) {
      return handIn.refusal().get().state().words() + ": " + handIn.refusal().get().why();
    }
    assertThat(handIn.files().faults()).isEmpty();
    assertThat(handIn.files().texts()).containsOnlyKeys(POOL);
    return handIn.files().texts().get(POOL).equals("class Mine {}\n")
        ? TAKEN
        : handIn.files().texts().get(POOL);
  }

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
    new java.util.Random(1).nextBytes(random);
    Map<String, byte[]> many =
        IntStream.range(0, 50)
            .boxed()
            .collect(Collectors.toMap(i -> "ann/" + i + ".txt", i -> MINE));
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
            IntakeOptions.NONE.deadline(), IntakeOptions.NONE.student(), java.util.Set.of(), SMALL);
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

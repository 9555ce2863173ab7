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
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One student's files in each shape that they come in: the right one is taken, or it is said why
 * not.
 */
class ShapesTest extends OneStudent {
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
}

package course.grader.grade.intake;

import static course.grader.grade.intake.SmallCourse.POOL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.grade.model.HandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One student, who hands in some files. */
abstract class OneStudent {
  static final byte[] MINE = bytes("class Mine {}\n");
  static final byte[] OTHER = bytes("class Other {}\n");
  static final String TAKEN = "taken";

  @TempDir Path temporary;
  SmallCourse course;
  Path submissions;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
    submissions = Files.createDirectory(temporary.resolve("submissions"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static Map<String, byte[]> files(Object... namesAndBytes) {
    var files = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      files.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
    }
    return files;
  }

  void write(Map<String, byte[]> files) throws IOException {
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

  HandIn read() throws IOException {
    return read(IntakeOptions.NONE);
  }

  HandIn read(IntakeOptions options) throws IOException {
    Intake intake = Intake.of(submissions, course.pool(), options);
    assertThat(intake.faults()).isEmpty();
    assertThat(intake.sources()).hasSize(1);
    return intake.sources().getFirst().read();
  }

  static String outcome(HandIn handIn) {
    if (handIn.refusal().isPresent()) {
      return handIn.refusal().get().state().words() + ": " + handIn.refusal().get().why();
    }
    assertThat(handIn.files().faults()).isEmpty();
    assertThat(handIn.files().texts()).containsOnlyKeys(POOL);
    return handIn.files().texts().get(POOL).equals("class Mine {}\n")
        ? TAKEN
        : handIn.files().texts().get(POOL);
  }
}

package course.grader.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.engine.ClassPath;
import course.grader.model.Folders;
import course.grader.model.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * All that a verdict depends on but the student's files: a verdict is kept as long as it is the
 * same. Immutable.
 *
 * @param digest of our tests, the grader's classes and the sandbox
 */
record Version(String digest) {
  static Version of(GradedExercise exercise, String sandbox) throws IOException {
    MessageDigest digest = sha256();
    digest.update((sandbox + "\n" + exercise.version()).getBytes(UTF_8));
    for (Path entry : ClassPath.ours()) {
      digest.update(String.valueOf(entry.getFileName()).getBytes(UTF_8));
      for (Path file :
          Folders.files(entry)) { // none in a library, which has its version in its name
        digest.update(entry.relativize(file).toString().getBytes(UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
    return new Version(HexFormat.of().formatHex(digest.digest()));
  }

  /** Returns what a student's verdict is kept by. */
  String key(Submission files) {
    MessageDigest digest = sha256();
    digest.update(this.digest.getBytes(UTF_8));
    files
        .texts()
        .forEach((name, text) -> digest.update((name + "\0" + text + "\0").getBytes(UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each Java has it
    }
  }
}

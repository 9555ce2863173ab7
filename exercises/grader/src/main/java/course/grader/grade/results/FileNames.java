package course.grader.grade.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of files made of students' names. A name depends on that student's alone, so it is the same
 * in a run of some. It is ASCII, for not every system's setting takes more.
 */
final class FileNames {
  private static final int LONGEST = 50; // characters, before the digest
  private static final int DIGEST = 5; // bytes: a class of 1,000 meets twice in 2 million

  /** Who has such a name is called so; what could be another's made name does not fit. */
  private static final Pattern SAFE =
      Pattern.compile("(?!.*-[0-9a-f]{10}$)[a-z0-9][a-z0-9_-]{0," + (LONGEST - 1) + "}");

  /** Windows has devices of these names in each folder, whatever comes after the dot. */
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin", "conout");

  private FileNames() {}

  /** Returns the name for a student's files, without what comes after the dot. */
  static String of(String student) {
    boolean device = DEVICES.contains(student) || student.matches("(com|lpt)\\d");
    if (SAFE.matcher(student).matches() && !device) {
      return student;
    }
    // Ann and ann have one file where case does not count, so a capital is a change, too.
    String readable =
        Normalizer.normalize(student, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_|_$", "");
    String cut = readable.substring(0, Math.min(readable.length(), LONGEST));
    return (cut.isEmpty() ? "student" : cut) + "-" + digest(student).substring(0, 2 * DIGEST);
  }

  /** Returns the SHA-256 of a text, as hexadecimal digits. */
  static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).toLowerCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

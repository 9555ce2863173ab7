package course.grader.grade.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What stands for the students' names: the names themselves, or pseudonyms. A pseudonym is the
 * name's digest with a random key, which stands in a file apart: who has it can tell whose they
 * are, and later runs give the same ones. Immutable.
 */
final class Pseudonyms {
  private static final String FILE = "pseudonyms.csv";
  private static final String KEY = "(key)";
  private static final int SHOWN = 5; // bytes
  private static final int SHORTEST = 3; // characters of a name that is replaced in texts

  private final Path file;
  private final byte[] key; // empty: names as they are

  private Pseudonyms(Path file, byte[] key) {
    this.file = file;
    this.key = key;
  }

  static Pseudonyms none() {
    return new Pseudonyms(Path.of(FILE), new byte[0]);
  }

  /** Tells whether a folder has pseudonyms. */
  static boolean areIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * Reads the key in a folder, or makes one.
   *
   * @throws IOException if the file is there and has none: new pseudonyms would be others
   */
  static Pseudonyms in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      try (CSVParser csv = CSVParser.parse(file, UTF_8, Csv.FORMAT)) {
        for (CSVRecord line : csv) {
          if (line.size() == 2 && line.get(0).equals(KEY)) {
            return new Pseudonyms(file, HexFormat.of().parseHex(line.get(1)));
          }
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": the key is damaged: " + e.getMessage(), e);
      }
      throw new IOException(file + ": the key is missing: name another folder for new pseudonyms");
    }
    var key = new byte[16];
    new SecureRandom().nextBytes(key);
    var made = new Pseudonyms(file, key);
    made.write(List.of());
    return made;
  }

  /** Writes who is behind which pseudonym; nothing if there are none. */
  void write(List<String> students) throws IOException {
    if (key.length == 0) {
      return;
    }
    var rows = new ArrayList<List<Object>>();
    rows.add(List.of(KEY, HexFormat.of().formatHex(key)));
    students.forEach(student -> rows.add(List.of(of(student), student)));
    Csv.write(file, List.of("pseudonym", "student"), rows);
  }

  /** Returns what is shown for a student. */
  String of(String student) {
    if (key.length == 0) {
      return new String(student.getBytes(UTF_8), UTF_8); // no file can hold half a character
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] digest = mac.doFinal(student.getBytes(UTF_8));
      return "student-" + HexFormat.of().formatHex(digest, 0, SHOWN);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Returns a result with the pseudonym for the name, also in texts such as a file's path. */
  StudentResult in(StudentResult result) {
    return result.rename(of(result.student()), text -> in(text, result.student()));
  }

  /** Returns a text in which a student's name is replaced where it is not part of a word. */
  String in(String text, String student) {
    if (key.length == 0 || student.length() < SHORTEST) {
      return text;
    }
    String word = "(?<![\\p{L}\\p{N}])" + Pattern.quote(student) + "(?![\\p{L}\\p{N}])";
    return Pattern.compile(word, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(of(student)));
  }
}

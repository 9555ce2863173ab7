package course.grader.grade.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What an instructor gives by hand: a table {@code student,points,comment} from a spreadsheet. It
 * never changes a mark. Immutable.
 *
 * @param file what it is called
 * @param byStudent by the name as it is in the class's list
 * @param faults the lines that say nothing we understand, each with its number
 */
record ManualPoints(String file, Map<String, Entry> byStudent, List<String> faults) {
  /**
   * What one student gets.
   *
   * @param line the line in the file
   * @param points may be less than 0; empty if there is just a comment
   */
  record Entry(long line, Optional<BigDecimal> points, String comment) {}

  static final ManualPoints NONE = new ManualPoints("", Map.of(), List.of());

  /**
   * Reads a table. It may have a byte order mark, semicolons, and commas in its numbers.
   *
   * @throws IOException if it can't be read as a table at all: the message says why
   */
  static ManualPoints read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, UTF_8).replaceFirst("^\ufeff", "");
    } catch (MalformedInputException e) {
      throw new IOException(file + ": is not UTF-8: save it as 'CSV UTF-8'", e);
    }
    String header = text.lines().findFirst().orElse("");
    char delimiter = header.contains(";") ? ';' : ',';
    var format =
        Csv.FORMAT
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(true)
            .get();
    var points =
        new ManualPoints(
            String.valueOf(file.getFileName()), new LinkedHashMap<>(), new ArrayList<>());
    try (CSVParser csv = CSVParser.parse(new StringReader(text), format)) {
      boolean first = true;
      for (CSVRecord line : csv) {
        if (!first) {
          points.add(csv.getCurrentLineNumber(), line);
        } else if (!line.get(0).equalsIgnoreCase("student")) {
          throw new IOException(file + ":1: must be a header: student,points,comment");
        }
        first = false;
      }
    } catch (UncheckedIOException e) {
      throw new IOException(file + ": " + e.getCause().getMessage(), e);
    }
    return points;
  }

  private void add(long number, CSVRecord line) {
    String student = line.get(0);
    String at = "%s:%d: ".formatted(file, number);
    String given = line.size() > 1 ? line.get(1).replace(',', '.') : "";
    if (line.stream().allMatch(String::isBlank)) {
      return; // a spreadsheet's empty row
    }
    if (line.size() > 3) {
      faults.add(at + "has more than student, points and comment: quote a comment with commas");
    } else if (!given.matches("([+-]?\\d{1,6}([.]\\d{1,6})?)?")) {
      faults.add(at + "'" + given + "' is no number of points");
    } else if (byStudent.containsKey(student)) {
      faults.add(at + "'" + student + "' was there before, in line " + byStudent.get(student).line);
    } else {
      Optional<BigDecimal> points =
          given.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(given));
      String comment = line.size() > 2 ? line.get(2) : "";
      byStudent.put(student, new Entry(number, points, comment));
    }
  }

  /** Returns what does not fit the class, beside the faults. */
  List<String> faultsFor(Set<String> students) {
    var all = new ArrayList<>(faults);
    byStudent.forEach((student, entry) -> {
      if (!students.contains(student)) {
        all.add("%s:%d: no student is called '%s'".formatted(file, entry.line, student));
      }
    });
    return all;
  }
}

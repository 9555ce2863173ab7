package course.grader.grade.results;

import course.grader.grade.intake.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an instructor gives by hand: a table {@code student,points,comment} from a spreadsheet. It
 * never changes a mark. Immutable.
 *
 * @param file what it is called
 * @param byStudent by the name as it is in the class's list
 * @param faults the lines that say nothing we understand, each with its number
 */
record ManualPoints(String file, Map<String, Entry> byStudent, List<String> faults) {
  private static final String STUDENT = "student";
  private static final String POINTS = "points";
  private static final String COMMENT = "comment";

  /**
   * What one student gets.
   *
   * @param line the line in the file
   * @param points may be less than 0; empty if there is just a comment
   */
  record Entry(int line, Optional<BigDecimal> points, String comment) {}

  static final ManualPoints NONE = new ManualPoints("", Map.of(), List.of());

  /**
   * Reads a table. Its numbers may have a comma for a point.
   *
   * @throws IOException if it can't be read as a table at all: the message says why
   */
  static ManualPoints read(Path file) throws IOException {
    var byStudent = new LinkedHashMap<String, Entry>();
    List<String> faults =
        Table.read(
            file,
            List.of(STUDENT, POINTS),
            List.of(COMMENT),
            (line, cells) -> add(byStudent, line, cells));
    return new ManualPoints(String.valueOf(file.getFileName()), byStudent, faults);
  }

  private static void add(Map<String, Entry> byStudent, int line, Map<String, String> cells) {
    String student = cells.get(STUDENT);
    String given = cells.get(POINTS).replace(',', '.');
    if (!given.matches("([+-]?\\d{1,6}([.]\\d{1,6})?)?")) {
      throw new IllegalArgumentException("'%s' is no number of points".formatted(given));
    } else if (byStudent.containsKey(student)) {
      throw new IllegalArgumentException(
          "'%s' was there before, in line %d".formatted(student, byStudent.get(student).line));
    }
    Optional<BigDecimal> points =
        given.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(given));
    byStudent.put(student, new Entry(line, points, cells.get(COMMENT)));
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

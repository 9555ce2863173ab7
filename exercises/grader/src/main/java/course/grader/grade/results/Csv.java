package course.grader.grade.results;

import course.grader.model.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/** Tables for spreadsheets and programs: RFC 4180 but for the ends of lines, UTF-8. */
final class Csv {
  static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  /** What a spreadsheet takes for the beginning of a formula; the wide ones in Japanese ones. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private Csv() {}

  /** Writes a table; numbers as they are, and text such that no cell is a formula. */
  static void write(Path file, List<String> header, Iterable<List<Object>> rows)
      throws IOException {
    AtomicFile.write(
        file,
        writer -> {
          FORMAT.printRecord(writer, header.toArray());
          for (List<Object> row : rows) {
            FORMAT.printRecord(writer, row.stream().map(Csv::cell).toArray());
          }
        });
  }

  private static Object cell(Object value) {
    return value instanceof String text ? text(text) : value;
  }

  private static String text(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return (formula ? "'" : "") + PlainText.line(text);
  }
}

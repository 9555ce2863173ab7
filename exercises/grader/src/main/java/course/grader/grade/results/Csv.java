package course.grader.grade.results;

import course.grader.model.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;

/** Tables for spreadsheets and programs: RFC 4180 but for the ends of lines, UTF-8. */
final class Csv {
  static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  /**
   * What a spreadsheet takes for the beginning of a formula, the wide ones in Japanese ones; also
   * where one begins a cell at a semicolon, past blanks and quotation marks.
   */
  private static final Pattern FORMULA = Pattern.compile("((?:^|;)[\\s\\p{Z}\"]*)(?=[=+\\-@＝＋－＠])");

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
    String line = PlainText.line(text).replace('\t', ' '); // some begin a cell at a tab
    return FORMULA.matcher(line).replaceAll("$1'");
  }
}

package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.model.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table that an instructor has made, as spreadsheets write it: CSV with commas, semicolons or
 * tabs. Each row is read by itself, so that a quotation mark that is never closed costs one row and
 * not the rest. For one thread.
 */
public final class Table {
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final long BYTES = 10L * Limits.MEGABYTE;

  /** So many lines may a row have, in cells with quotation marks. */
  private static final int LINES = 50;

  private final Path file;
  private final List<String> needed;
  private final List<String> others;
  private final List<String> faults = new ArrayList<>();
  private CSVFormat format;
  private List<String> columns; // as the first line has them, in lower case

  private Table(Path file, List<String> needed, List<String> others) {
    this.file = file;
    this.needed = needed;
    this.others = others;
  }

  /**
   * Reads a table.
   *
   * @param needed the columns that it must have, in lower case and any order
   * @param others those that it may have
   * @param reader is given each row that is not empty: the line where it begins, and its cells by
   *     the columns' names, of which none is missing; if it can't be used, it throws an
   *     IllegalArgumentException that says why in one line
   * @return the rows that can't be used: a sentence each, with file and line
   * @throws IOException if it lacks a column, or can't be read: one line says why
   */
  public static List<String> read(
      Path file,
      List<String> needed,
      List<String> others,
      BiConsumer<Integer, Map<String, String>> reader)
      throws IOException {
    var table = new Table(file, needed, others);
    table.read(reader);
    return table.faults;
  }

  private void read(BiConsumer<Integer, Map<String, String>> reader) throws IOException {
    List<String> lines = lines();
    int first = 0;
    while (first < lines.size() && isNoHeader(lines.get(first))) {
      first++;
    }
    readHeader(first == lines.size() ? "" : lines.get(first));
    int length;
    for (int next = first + 1; next < lines.size(); next += length) {
      length = length(lines.subList(next, Math.min(lines.size(), next + LINES)));
      try {
        row(next + 1, String.join("\n", lines.subList(next, next + length)), reader);
      } catch (IllegalArgumentException e) {
        String why = Shown.name(e.getMessage());
        faults.add("%s:%d: %s".formatted(file.getFileName(), next + 1, why));
      }
    }
  }

  /** Returns the lines, with a char for each byte: one that is no UTF-8 costs no other. */
  private List<String> lines() throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder: name a CSV file");
    }
    String bytes;
    try {
      if (Files.size(file) > BYTES) {
        throw new IOException(file + " is too large: more than " + Limits.words(BYTES));
      }
      bytes = Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new IOException(Words.of(e), e);
    }
    if (bytes.startsWith("\u00ff\u00fe") || bytes.startsWith("\u00fe\u00ff")) {
      throw new IOException(file + " is UTF-16: save it as CSV with UTF-8");
    }
    return bytes.replaceFirst("^" + BYTE_ORDER_MARK, "").lines().toList();
  }

  /** Excel writes the separator into a line of its own. */
  private static boolean isNoHeader(String line) {
    return line.replaceAll("[;,\t]", "").isBlank() || line.matches("(?i)sep=.?");
  }

  private void readHeader(String line) throws IOException {
    if (line.isEmpty()) {
      throw noHeader("it is empty");
    }
    for (char separator : new char[] {',', ';', '\t'}) {
      format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(separator)
              .setIgnoreSurroundingSpaces(true)
              .get();
      try {
        columns = cells(line).stream().map(Shown::lower).toList();
      } catch (IllegalArgumentException e) {
        continue; // not with this separator
      }
      if (columns.containsAll(needed)) {
        List<String> named = columns.stream().filter(name -> !name.isEmpty()).toList();
        if (named.stream().distinct().count() < named.size()) {
          throw noHeader("it has a column twice");
        }
        return;
      }
    }
    throw noHeader("it is '%s'".formatted(Shown.name(line)));
  }

  private IOException noHeader(String what) {
    return new IOException(
        "%s: its first line must name the columns %s, and may name %s: %s"
            .formatted(file, String.join(" and ", needed), String.join(" and ", others), what));
  }

  /** Returns how many lines make a row: one, if more do not either. */
  private int length(List<String> lines) {
    for (int length = 1; length <= lines.size(); length++) {
      try {
        cells(String.join("\n", lines.subList(0, length)));
        return length;
      } catch (IllegalArgumentException e) {
        // perhaps a cell goes on in the next line
      }
    }
    return 1;
  }

  private List<String> cells(String text) {
    try (CSVParser parser =
        CSVParser.parse(
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1))).toString(),
            format)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() > 1) {
        throw new IllegalArgumentException("is more than a row");
      }
      return records.stream().flatMap(CSVRecord::stream).map(String::strip).toList();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8: save it as CSV with UTF-8", e);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "has a quotation mark in the wrong place or not closed", e);
    }
  }

  private void row(int line, String text, BiConsumer<Integer, Map<String, String>> reader) {
    List<String> cells = cells(text);
    if (cells.stream().allMatch(String::isEmpty)) {
      return; // a spreadsheet's empty row
    }
    int size = Math.min(cells.size(), columns.size());
    if (!cells.subList(size, cells.size()).stream().allMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "has %d columns, and the first line has %d: text with a comma needs quotation marks"
              .formatted(cells.size(), columns.size()));
    }
    var byName = new HashMap<String, String>();
    others.forEach(name -> byName.put(name, ""));
    needed.forEach(name -> byName.put(name, ""));
    for (int i = 0; i < size; i++) {
      byName.put(columns.get(i), cells.get(i));
    }
    reader.accept(line, byName);
  }
}

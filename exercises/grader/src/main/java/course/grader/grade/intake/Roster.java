package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.State;
import course.grader.model.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a table of students and their repositories, as spreadsheets write it. Each line is read by
 * itself, so that a quotation mark that is never closed costs one student and not the rest.
 */
final class Roster {
  private static final String STUDENT = "student";
  private static final String URL = "url";
  private static final String DEADLINE = "deadline";
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final long BYTES = 10L * Limits.MEGABYTE;

  private final Path file;
  private final Wanted wanted;
  private final IntakeOptions options;
  private final Map<String, Integer> lines = new HashMap<>(); // where each student is
  private final List<Source> sources = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private Roster(Path file, Wanted wanted, IntakeOptions options) {
    this.file = file;
    this.wanted = wanted;
    this.options = options;
  }

  /**
   * Reads a roster.
   *
   * @throws IOException if it has no usable header, or can't be read: one line says why
   */
  static Intake read(Path file, Wanted wanted, IntakeOptions options) throws IOException {
    var roster = new Roster(file, wanted, options);
    roster.read();
    return new Intake(List.copyOf(roster.sources), List.copyOf(roster.faults));
  }

  private void read() throws IOException {
    List<byte[]> raw = rawLines();
    int first = 0;
    while (first < raw.size() && isNoHeader(raw.get(first))) {
      first++;
    }
    if (first == raw.size()) {
      throw noHeader("it is empty");
    }
    String header = text(raw.get(first)).orElseThrow(() -> noHeader("it is not UTF-8"));
    Columns columns = columns(header);
    for (int i = first + 1; i < raw.size(); i++) {
      try {
        line(i + 1, raw.get(i), columns);
      } catch (IllegalArgumentException e) {
        faults.add("line %d: %s".formatted(i + 1, Shown.name(e.getMessage())));
      }
    }
  }

  private List<byte[]> rawLines() throws IOException {
    if (Files.size(file) > BYTES) {
      throw new IOException(file + " is too large for a roster: " + Limits.words(Files.size(file)));
    }
    String bytes;
    try {
      bytes = Files.readString(file, ISO_8859_1); // a char for each byte: lines come first
    } catch (IOException e) {
      throw new IOException(Words.of(e), e);
    }
    if (bytes.startsWith("\u00ff\u00fe") || bytes.startsWith("\u00fe\u00ff")) {
      throw new IOException(file + " is UTF-16: save it as CSV with UTF-8");
    }
    String unmarked = bytes.startsWith(BYTE_ORDER_MARK) ? bytes.substring(3) : bytes;
    return unmarked.lines().map(line -> line.getBytes(ISO_8859_1)).toList();
  }

  /** Excel writes the separator into a line of its own. */
  private static boolean isNoHeader(byte[] line) {
    String text = new String(line, ISO_8859_1);
    return text.replaceAll("[;,\t]", "").isBlank() || text.matches("(?i)sep=.?");
  }

  private static Optional<String> text(byte[] line) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private IOException noHeader(String what) {
    return new IOException(
        "%s: its first line must name the columns student and url, and may name deadline: %s"
            .formatted(file, what));
  }

  /** Where each column is. */
  private record Columns(CSVFormat format, List<String> names) {}

  private Columns columns(String header) throws IOException {
    for (char separator : new char[] {',', ';', '\t'}) {
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(separator)
              .setIgnoreSurroundingSpaces(true)
              .get();
      List<String> names =
          cells(format, header).stream().map(name -> Shown.lower(name.strip())).toList();
      if (names.contains(STUDENT) && names.contains(URL)) {
        if (names.stream().filter(name -> !name.isEmpty()).distinct().count()
            < names.stream().filter(name -> !name.isEmpty()).count()) {
          throw noHeader("it has a column twice");
        }
        return new Columns(format, names);
      }
    }
    throw noHeader("it is '%s'".formatted(Shown.name(header)));
  }

  private static List<String> cells(CSVFormat format, String line) {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      List<CSVRecord> records = parser.getRecords();
      return records.isEmpty() ? List.of() : records.getFirst().toList();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new IllegalArgumentException("a quotation mark is in the wrong place or not closed", e);
    }
  }

  private void line(int number, byte[] raw, Columns columns) {
    String text =
        text(raw)
            .orElseThrow(
                () -> new IllegalArgumentException("is not UTF-8: save the roster as UTF-8"));
    List<String> cells = cells(columns.format(), text);
    if (cells.stream().allMatch(String::isBlank)) {
      return;
    }
    int size = columns.names().size();
    if (cells.size() > size
        && !cells.subList(size, cells.size()).stream().allMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "has %d columns, and the first line has %d: a name with a comma needs quotation marks"
              .formatted(cells.size(), size));
    }
    String student = cell(cells, columns, STUDENT);
    if (student.isEmpty()) {
      throw new IllegalArgumentException("has no student");
    }
    if (lines.containsKey(student)) {
      throw new IllegalArgumentException(
          "%s is in line %d already, which is the one that counts"
              .formatted(student, lines.get(student)));
    }
    String url = cell(cells, columns, URL);
    sources.add(
        url.isEmpty()
            ? new NoUrl(student, "the roster's line %d has no URL".formatted(number))
            : new RepositorySource(
                student, Remote.parse(url), deadline(cells, columns), wanted, options));
    lines.put(student, number);
  }

  private Optional<Instant> deadline(List<String> cells, Columns columns) {
    String own = cell(cells, columns, DEADLINE);
    return own.isEmpty() ? options.deadline() : Optional.of(Deadline.parse(own));
  }

  private static String cell(List<String> cells, Columns columns, String name) {
    int place = columns.names().indexOf(name);
    return place < 0 || place >= cells.size() ? "" : cells.get(place).strip();
  }

  /** A student who has said of no repository. */
  private record NoUrl(String student, String why) implements Source {
    @Override
    public HandIn files() {
      return Choice.refused(student, State.NOTHING_HANDED_IN, why);
    }
  }
}

package course.interleave.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measured table, as it stands in a page.
 *
 * @param titles of its columns
 * @param rows the cells of each row below the head
 */
record Table(List<String> titles, List<List<String>> rows) {
  /** What is to be said with each figure about the catalogue. */
  private static final String CAVEAT =
      "but the bugs are our own, and interleave was developed against them";

  /** Returns the tables in a page's lines, in order. */
  static List<Table> in(List<String> lines) {
    var tables = new ArrayList<Table>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("| ---")) {
        List<List<String>> rows =
            lines.subList(i + 1, lines.size()).stream()
                .takeWhile(line -> line.startsWith("| "))
                .map(Table::cells)
                .toList();
        tables.add(new Table(cells(lines.get(i - 1)), rows));
      }
    }
    return tables;
  }

  private static List<String> cells(String row) {
    return List.of(row.substring(2, row.length() - 2).split(" \\| "));
  }

  /** Returns the first cell of each row. */
  List<String> names() {
    return rows.stream().map(List::getFirst).toList();
  }

  /** Returns sentences on the catalogue's table. */
  List<String> catalogue() {
    long found = rows.stream().filter(row -> always(row, "found")).count();
    long alarms = rows.stream().filter(row -> !never(row, "false alarms")).count();
    var sentences = new ArrayList<String>();
    sentences.add(
        ("In every round interleave found %d of %d bugs,"
                    + " and raised a false alarm on %d of the correct twins; ")
                .formatted(found, rows.size(), alarms)
            + CAVEAT
            + ".");
    if (titles.contains("replays")) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Of %,d replays of orders that failed, %,d came out the same, word for word.",
              sum("replays", ".* of "),
              sum("replays", " of .*")));
    }
    return sentences;
  }

  /** Returns the sum of the numbers of a column, without a part of each cell. */
  private int sum(String column, String without) {
    return rows.stream()
        .flatMap(row -> columns(row, column).stream())
        .mapToInt(cell -> Integer.parseInt(cell.replaceFirst(without, "")))
        .sum();
  }

  /** Returns a sentence on the comparison's first table. */
  String comparison() {
    int found = titles.indexOf("found");
    return rows.stream()
        .map(row -> row.getFirst() + " " + row.get(found))
        .collect(
            Collectors.joining(
                ", ", "Found by each: ", "; " + CAVEAT + ", as the others were not."));
  }

  private boolean always(List<String> row, String column) {
    return columns(row, column).stream().allMatch(cell -> cell.matches("(\\d+) of \\1"));
  }

  private boolean never(List<String> row, String column) {
    return columns(row, column).stream().allMatch(cell -> cell.startsWith("0 of "));
  }

  /** Returns the cells of a column, and of the one with the same name for busy cores. */
  private List<String> columns(List<String> row, String column) {
    var cells = new ArrayList<String>();
    for (int i = 0; i < titles.size(); i++) {
      if (titles.get(i).matches(column + "(, busy)?")) {
        cells.add(row.get(i));
      }
    }
    return cells;
  }
}

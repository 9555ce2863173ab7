package course.grader.grade.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many students have how many points, as bars.
 *
 * @param graded those with a mark
 * @param possible the most points
 */
record Scores(List<Row> graded, int possible) {
  private static final int MOST_BARS = 25;

  List<Map<String, Object>> bars() {
    int step = possible / MOST_BARS + 1; // points in a bar
    var counts = new int[possible / step + 1];
    for (Row row : graded) {
      counts[Math.clamp(row.score().orElse(0), 0, possible) / step]++;
    }
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    var bars = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < counts.length; i++) {
      int last = Math.min(possible, (i + 1) * step - 1);
      bars.add(
          Map.of(
              "label",
              step == 1 ? "" + i : i * step + "–" + last,
              "count",
              counts[i],
              "some",
              counts[i] > 0,
              "height",
              percent(counts[i], most)));
    }
    return bars;
  }

  static String percent(int part, int whole) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * part / Math.max(1, whole));
  }
}

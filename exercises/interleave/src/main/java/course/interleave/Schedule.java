package course.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which threads are held where: all that distinguishes one run from another.
 *
 * @param newestFirst whether a started thread runs before its parent goes on
 * @param holds where a thread is held
 */
record Schedule(boolean newestFirst, List<Hold> holds) {
  private static final String NEWEST_FIRST = "newest-first";
  private static final Pattern HOLD = Pattern.compile("(\\S+)\\*(\\d+)");

  /**
   * At which arrival at which point a thread is held.
   *
   * @param point the point's {@link Point#key}
   * @param arrival counted over all threads, from 1
   */
  record Hold(String point, int arrival) {
    @Override
    public String toString() {
      return point + "*" + arrival;
    }
  }

  boolean holdsAt(Point point, int arrival) {
    for (Hold hold : holds) {
      if (hold.arrival == arrival && hold.point.equals(point.key())) {
        return true;
      }
    }
    return false;
  }

  /** Returns it as {@link #parse} reads it. */
  @Override
  public String toString() {
    var words = new ArrayList<String>();
    if (newestFirst) {
      words.add(NEWEST_FIRST);
    }
    holds.forEach(hold -> words.add(hold.toString()));
    return String.join(" ", words);
  }

  static Schedule parse(String text) {
    boolean newestFirst = false;
    var holds = new ArrayList<Hold>();
    for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
      Matcher hold = HOLD.matcher(word);
      if (word.equals(NEWEST_FIRST)) {
        newestFirst = true;
      } else if (hold.matches()) {
        holds.add(new Hold(hold.group(1), Integer.parseInt(hold.group(2))));
      } else {
        throw new IllegalArgumentException(
            "replay: " + word + " is no hold: copy the line from the failure's report");
      }
    }
    return new Schedule(newestFirst, List.copyOf(holds));
  }
}

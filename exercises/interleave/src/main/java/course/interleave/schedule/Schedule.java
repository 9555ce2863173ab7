package course.interleave.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which threads are held where: all that distinguishes one run from another.
 *
 * @param order which thread is next when several can go on: the oldest ({@link #OLDEST_FIRST}), the
 *     newest, which then also runs before the thread that started it ({@link #NEWEST_FIRST}), the
 *     same but for those that the scenario starts itself ({@link #LAST_FIRST}), or at random, with
 *     this seed
 * @param holds where a thread is held
 */
public record Schedule(long order, List<Hold> holds) {
  public static final long OLDEST_FIRST = 0;
  public static final long NEWEST_FIRST = -1;
  public static final long LAST_FIRST = -2;

  private static final String NEWEST = "newest-first";
  private static final String LAST = "last-first";
  private static final String RANDOM = "order-";
  private static final Pattern HOLD = Pattern.compile("(\\S+)\\*(\\d+)");

  /**
   * At which arrival at which point a thread is held.
   *
   * @param point the point's {@link Point#key}
   * @param arrival counted over all threads, from 1, once a second one has started
   */
  public record Hold(String point, int arrival) {
    @Override
    public String toString() {
      return point + "*" + arrival;
    }
  }

  /** Returns whether the order of threads is a random one. */
  public boolean isRandom() {
    return order > 0;
  }

  /** Returns it as {@link #parse} reads it. */
  @Override
  public String toString() {
    var words = new ArrayList<String>();
    if (order != OLDEST_FIRST) {
      words.add(isRandom() ? RANDOM + order : order == NEWEST_FIRST ? NEWEST : LAST);
    }
    holds.forEach(hold -> words.add(hold.toString()));
    return String.join(" ", words);
  }

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException if a word of it is none of a schedule's
   */
  public static Schedule parse(String text) {
    long order = OLDEST_FIRST;
    var holds = new ArrayList<Hold>();
    for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
      Matcher hold = HOLD.matcher(word);
      if (word.equals(NEWEST)) {
        order = NEWEST_FIRST;
      } else if (word.equals(LAST)) {
        order = LAST_FIRST;
      } else if (word.matches(RANDOM + "\\d{1,18}")) {
        order = Long.parseLong(word.substring(RANDOM.length()));
      } else if (hold.matches()) {
        holds.add(new Hold(hold.group(1), Integer.parseInt(hold.group(2))));
      } else {
        throw new IllegalArgumentException(
            "replay: " + word + " is no hold: copy the line from the failure's report");
      }
    }
    return new Schedule(order, List.copyOf(holds));
  }
}

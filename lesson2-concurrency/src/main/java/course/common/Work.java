package course.common;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The slow part of handling a message: it waits. Any number of threads may do it at once. */
@FunctionalInterface
public interface Work {
  void on(byte[] message) throws InterruptedException;

  /**
   * Reads a duration such as 250ms or 2s, or a range such as 0s-2s: uniformly random in it.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static Work lasting(String text) {
    var range = Pattern.compile("(\\d{1,9})(ms|s)(?:-(\\d{1,9})(ms|s))?").matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not like 250ms, 2s or 0s-2s");
    }
    long minimum = millis(range.group(1), range.group(2));
    long maximum = range.group(3) == null ? minimum : millis(range.group(3), range.group(4));
    if (minimum > maximum) {
      throw new IllegalArgumentException("'" + text + "' starts with the longer time");
    }
    return maximum == 0
        ? _ -> {}
        : _ -> Thread.sleep(ThreadLocalRandom.current().nextLong(minimum, maximum + 1));
  }

  private static long millis(String number, String unit) {
    return Long.parseLong(number) * (unit.equals("s") ? 1_000 : 1);
  }
}

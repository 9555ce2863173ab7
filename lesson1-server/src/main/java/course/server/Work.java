package course.server;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** The slow part of handling a message: it waits. Any number of threads may do it at once. */
@FunctionalInterface
interface Work {
  Work NONE = _ -> {};

  void on(byte[] message) throws InterruptedException;

  /** Reads a duration such as 250ms or 2s, or a range such as 0s-2s: uniformly random in it. */
  static Work lasting(String text) {
    var range = Pattern.compile("(\\d{1,9})(ms|s)(?:-(\\d{1,9})(ms|s))?").matcher(text);
    if (!range.matches()) {
      throw new TypeConversionException("'" + text + "' is not like 250ms, 2s or 0s-2s");
    }
    long least = millis(range.group(1), range.group(2));
    long most = range.group(3) == null ? least : millis(range.group(3), range.group(4));
    if (least > most) {
      throw new TypeConversionException("'" + text + "' starts with the longer time");
    }
    return most == 0
        ? NONE
        : _ -> Thread.sleep(ThreadLocalRandom.current().nextLong(least, most + 1));
  }

  private static long millis(String number, String unit) {
    return Long.parseLong(number) * (unit.equals("s") ? 1_000 : 1);
  }
}

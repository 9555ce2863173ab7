package course.common;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The options of a command line. The help text says which there are, a line for each: {@code --port
 * 9090} with a default value, {@code --quiet} without a value; then two blanks or more, and what it
 * means. For one thread.
 */
public final class Options {
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, Boolean> flags = new HashMap<>();

  /**
   * Reads what was typed, such as {@code --quiet --port 9191} or {@code --port=9191}.
   *
   * @throws IllegalArgumentException if there is no such option, or if it lacks its value
   */
  public Options(String help, String... typed) {
    var line = Pattern.compile("(?m)^ +(--\\w+)(?: (\\S+))? {2,}").matcher(help);
    while (line.find()) {
      if (line.group(2) == null) {
        flags.put(line.group(1), false);
      } else {
        values.put(line.group(1), line.group(2));
      }
    }
    var words = Stream.of(typed).flatMap(word -> Stream.of(word.split("=", 2))).iterator();
    while (words.hasNext()) {
      String name = words.next();
      if (flags.containsKey(name)) {
        flags.put(name, true);
      } else if (values.containsKey(name) && words.hasNext()) {
        values.put(name, words.next());
      } else {
        throw new IllegalArgumentException(
            values.containsKey(name) ? name + " needs a value" : "no such option: " + name);
      }
    }
  }

  public boolean given(String flag) {
    return flags.get(flag);
  }

  public String text(String name) {
    return values.get(name);
  }

  /** Returns a whole number; throws an IllegalArgumentException if it is not in these bounds. */
  public int number(String name, int minimum, int maximum) {
    String text = values.get(name);
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    if (number < minimum || number > maximum) {
      throw new IllegalArgumentException(
          name + " takes a number from " + minimum + " to " + maximum + ", not '" + text + "'");
    }
    return number;
  }
}

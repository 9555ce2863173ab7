package course.interleave.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a program: {@code --name value} or just {@code --name}. */
record Options(Map<String, String> values) {
  /**
   * Reads the options, or ends the program with one line and status 2.
   *
   * @param withValue the names of those that take a value
   * @param alone the names of those that do not
   */
  static Options parse(String[] args, List<String> withValue, List<String> alone) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < args.length; i++) {
      if (alone.contains(args[i])) {
        values.put(args[i], "");
      } else if (!withValue.contains(args[i])) {
        throw badUsage(args[i] + " is no option: there are " + withValue + " and " + alone);
      } else if (i + 1 == args.length) {
        throw badUsage(args[i] + " needs a value");
      } else {
        values.put(args[i], args[++i]);
      }
    }
    return new Options(Map.copyOf(values));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Ends the program if both are given. */
  void refuse(String one, String other) {
    if (has(one) && has(other)) {
      throw badUsage(one + " and " + other + " do not go together");
    }
  }

  String text(String name) {
    return values.getOrDefault(name, "");
  }

  int number(String name, int otherwise, int minimum) {
    String text = values.getOrDefault(name, String.valueOf(otherwise));
    try {
      int number = Integer.parseInt(text);
      if (number >= minimum) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw badUsage(name + " " + text + ": a number from " + minimum + " is needed");
  }

  private static Error badUsage(String why) {
    System.err.println(why);
    System.exit(2);
    return new AssertionError("not reached");
  }
}

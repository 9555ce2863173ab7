package course.testkit;

import java.util.List;

/**
 * What is wrong, in its parts: what a student reads is made of them. Immutable.
 *
 * @param done what the test did, step by step
 * @param expected what should have come of it; empty if there is no more to say than what was seen
 * @param seen what came instead
 * @param order the order of the threads' steps in which it came; empty if the order is no matter
 * @param rule which of the README's rules is broken, as a sentence with its number
 */
public record Failure(List<String> done, String expected, String seen, String order, String rule) {
  /** Nothing is wrong. */
  public static final Failure NONE = of("");

  /** What begins a line of a text after its first: the words before it are moved out. */
  private static final String INDENT = " ".repeat(10);

  public Failure {
    done = List.copyOf(done);
  }

  /** Returns a failure of which no test has told more than what was seen. */
  public static Failure of(String seen) {
    return new Failure(List.of(), "", seen, "", "");
  }

  /** Returns all that a student reads, in several lines; the last one has no end. */
  public String text() {
    if (expected.isEmpty()) {
      return seen;
    }
    var text = new StringBuilder("What was done\n");
    for (int i = 0; i < done.size(); i++) {
      String step = done.get(i).replace("\r", "").replace("\n", "\n" + INDENT.substring(5));
      text.append("%3d. ".formatted(i + 1)).append(step).append('\n');
    }
    if (done.isEmpty()) {
      text.append("     nothing yet\n");
    }
    String whole = order.isEmpty() ? seen : seen + "\n" + order;
    return text.append("Expected: ")
        .append(expected)
        .append("\nSeen:     ")
        .append(whole.replace("\n", "\n" + INDENT).replaceAll("(?m) +$", ""))
        .append("\nBroken:   ")
        .append(rule)
        .toString();
  }
}

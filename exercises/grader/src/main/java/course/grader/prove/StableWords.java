package course.grader.prove;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a failure says that is the same each time, so that it can be compared. */
public final class StableWords {
  /** What the interleaving tester saw, up to the rule that is broken. */
  private static final Pattern ORDER_OF_STEPS =
      Pattern.compile(
          "\nSeen: .*          It happened in this order of steps.*\n(?=Broken:)", Pattern.DOTALL);

  private StableWords() {}

  /**
   * Returns the part of a failure's text that is the same each time. The interleaving tester finds
   * a mistake each time, but on a busy machine it may be another order of steps that shows it, and
   * so another wrong number, or another thread that fails.
   */
  public static String of(String why) {
    String text = why.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    return ORDER_OF_STEPS
        .matcher(text)
        .replaceFirst("\nSeen:     (an order of steps in which that is not so)\n");
  }
}

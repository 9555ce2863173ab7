package course.grader.engine.runner;

import course.grader.model.Outcome;
import course.testkit.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a test ended, as the runner tells the engine. Immutable.
 *
 * @param failure what is wrong; {@link Failure#NONE} if it passed
 */
public record Ended(Outcome outcome, Failure failure) {
  static final String BEGINS_WITH = "ends";

  private static final int MAXIMUM_STEPS = 500; // of one test: more would not be read

  private static final int PARTS = 6; // before the steps

  static Ended passed() {
    return new Ended(Outcome.PASSED, Failure.NONE);
  }

  static Ended of(Outcome outcome, String seen) {
    return new Ended(outcome, Failure.of(seen));
  }

  /** Whether the JVM is fit for the next test: no thread still runs, and there is memory. */
  boolean leavesAllInOrder() {
    return outcome == Outcome.PASSED || outcome == Outcome.FAILED;
  }

  List<String> toMessage() {
    var message = new ArrayList<String>();
    message.add(BEGINS_WITH);
    message.add(outcome.name());
    message.addAll(List.of(failure.expected(), failure.seen(), failure.order(), failure.rule()));
    failure.done().stream().limit(MAXIMUM_STEPS).forEach(message::add);
    return message;
  }

  /**
   * Reads what {@link #toMessage} made.
   *
   * @throws IOException if it did not make that
   */
  public static Ended of(List<String> message) throws IOException {
    try {
      return new Ended(
          Outcome.valueOf(message.get(1)),
          new Failure(
              message.subList(PARTS, message.size()),
              message.get(2),
              message.get(3),
              message.get(4),
              message.get(5)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("not the end of a test: " + message, e);
    }
  }
}

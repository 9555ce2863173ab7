package course.grader.prove;

import course.testkit.Failure;

/** What a failure says that is the same each time, so that it can be compared. */
public final class StableWords {
  private StableWords() {}

  /**
   * Returns the part of a failure's text that is the same each time. The interleaving tester finds
   * a mistake each time, but on a busy machine it may be another order of steps that shows it, and
   * so another wrong number, or another thread that fails.
   */
  public static String of(Failure failure) {
    return failure.order().isEmpty()
        ? failure.text()
        : new Failure(
                failure.done(),
                failure.expected(),
                "(an order of steps in which that is not so)",
                "",
                failure.rule())
            .text();
  }
}

package course.grader.model;

import course.testkit.Failure;

/**
 * What became of one test.
 *
 * @param test which one
 * @param outcome how it ended
 * @param failure what is wrong; {@link Failure#NONE} if the test passed
 */
public record TestResult(RuleTest test, Outcome outcome, Failure failure) {
  /** Returns the result of a test that could not tell by itself. */
  public static TestResult of(RuleTest test, Outcome outcome, String why) {
    return new TestResult(test, outcome, Failure.of(why));
  }

  public boolean passed() {
    return outcome == Outcome.PASSED;
  }

  /** Returns what a student reads; empty if the test passed. */
  public String why() {
    return failure.text();
  }
}

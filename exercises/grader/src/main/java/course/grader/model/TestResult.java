package course.grader.model;

/**
 * What became of one test.
 *
 * @param test class and method, as the exercise names it
 * @param outcome how it ended
 * @param why what a student reads: the first line says it all; empty if the test passed
 */
public record TestResult(String test, Outcome outcome, String why) {
  public boolean passed() {
    return outcome == Outcome.PASSED;
  }
}

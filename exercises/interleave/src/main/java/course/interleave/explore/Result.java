package course.interleave.explore;

import java.time.Duration;

/**
 * What came of an exploration.
 *
 * @param explored how many orders of steps were run
 * @param planned how many there were to run
 * @param different how many of those that were run differ from each other
 * @param points how many there are, with the starts of threads
 * @param unmarked a line for the classes or methods that could not be marked, with reasons; empty
 *     if all were
 * @param finding the order that failed; null if none did
 */
public record Result(
    int explored,
    int planned,
    int different,
    int points,
    Duration took,
    String unmarked,
    Finding finding) {
  /**
   * An order of steps that fails.
   *
   * @param cause what was thrown, or null
   */
  public record Finding(String report, String schedule, Throwable cause) {}
}

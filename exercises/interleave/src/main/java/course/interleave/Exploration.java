package course.interleave;

import java.time.Duration;

/**
 * What {@link Interleavings#explore} did when it found nothing.
 *
 * @param explored how many orders of steps were run
 * @param planned how many there were to run; more than {@code explored} if the time limit came
 *     first
 * @param different how many of those that were run differ from each other
 * @param points how many points there are: in the code under test, as far as it was loaded, and the
 *     starts of the scenario's threads
 * @param took how long it took
 * @param unmarked which classes or methods under test could not be marked, with reasons; empty if
 *     all were
 */
public record Exploration(
    int explored, int planned, int different, int points, Duration took, String unmarked) {
  /** Returns whether the time limit left nothing out. Nothing found is still no proof. */
  public boolean complete() {
    return explored >= planned;
  }

  /** Returns one line for people. */
  @Override
  public String toString() {
    return "explored %,d of %,d orders of steps, %,d of them different, at %,d points in %.1f s, nothing found%s%s"
        .formatted(
            explored,
            planned,
            different,
            points,
            took.toMillis() / 1000.0,
            complete() ? "" : ": the time limit came first, so this says less than it should",
            unmarked);
  }
}

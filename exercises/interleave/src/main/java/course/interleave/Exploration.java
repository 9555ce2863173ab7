package course.interleave;

import java.time.Duration;

/**
 * What {@link Interleavings#explore} did when it found nothing.
 *
 * @param explored how many orders of steps were run
 * @param planned how many there were to run; more than {@code explored} if the time limit came
 *     first
 * @param points how many places in the code under test threads were held at
 * @param took how long it took
 */
public record Exploration(int explored, int planned, int points, Duration took) {
  /** Returns whether the time limit left nothing out. Nothing found is still no proof. */
  public boolean complete() {
    return explored >= planned;
  }
}

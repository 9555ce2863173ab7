package course.interleave.explore;

import course.interleave.code.Selection;
import java.time.Duration;

/**
 * What a user has set.
 *
 * @param selection which classes are under test
 * @param arrivals at how many of the first arrivals at a point a thread is held
 * @param randomOrders how many are tried
 * @param seed which random orders
 * @param timeLimit after which no further run starts
 * @param threadsMayRemain whether threads may wait on when the scenario has ended
 * @param replay the one schedule to run, or null
 */
public record Settings(
    Selection selection,
    int arrivals,
    int randomOrders,
    long seed,
    Duration timeLimit,
    boolean threadsMayRemain,
    String replay) {
  /** Returns what holds unless it is set. */
  public static Settings of(Selection selection) {
    return new Settings(selection, 2, 300, 1, Duration.ofSeconds(8), false, null);
  }

  public Settings withArrivals(int value) {
    return new Settings(selection, value, randomOrders, seed, timeLimit, threadsMayRemain, replay);
  }

  public Settings withRandomOrders(int value) {
    return new Settings(selection, arrivals, value, seed, timeLimit, threadsMayRemain, replay);
  }

  public Settings withSeed(long value) {
    return new Settings(
        selection, arrivals, randomOrders, value, timeLimit, threadsMayRemain, replay);
  }

  public Settings withTimeLimit(Duration value) {
    return new Settings(selection, arrivals, randomOrders, seed, value, threadsMayRemain, replay);
  }

  public Settings withThreadsThatRemain() {
    return new Settings(selection, arrivals, randomOrders, seed, timeLimit, true, replay);
  }

  public Settings withReplay(String value) {
    return new Settings(
        selection, arrivals, randomOrders, seed, timeLimit, threadsMayRemain, value);
  }
}

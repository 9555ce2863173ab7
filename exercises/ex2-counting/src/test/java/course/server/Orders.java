package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.Story;

/** The orders of steps in which the tests try a scenario. */
final class Orders {
  /** A thread of the totals' own may live on when the scenario has ended. */
  static final Interleavings TOTALS = Interleavings.of(Totals.class).threadsMayRemain();

  private Orders() {}

  static void explore(Story story, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, TOTALS.randomOrders(100), scenario);
  }

  /** Fails unless a number of the totals is as expected. */
  static void is(String name, int expected, Integer seen) {
    if (seen == null || seen != expected) {
      throw new AssertionError(name + " is " + seen + ", not " + expected);
    }
  }
}

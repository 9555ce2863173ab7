package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.Story;

/** The orders of steps in which the tests try a scenario. */
final class Orders {
  private Orders() {}

  /**
   * Tries many. Threads are held inside the client too: it is there that two replies could meet.
   */
  static void explore(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what,
        expectation,
        Interleavings.of(Replies.class, Received.class).randomOrders(40),
        scenario);
  }

  /** Tries one, where that is enough. */
  static void runOnce(Story story, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, Interleavings.of(Replies.class).replay(""), scenario);
  }
}

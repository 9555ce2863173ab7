package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.Story;

/** The orders of steps in which the tests try a scenario. */
final class Orders {
  /** Threads are held inside the client too: it is there that two replies could meet. */
  private static final Interleavings MANY =
      Interleavings.of(Replies.class, Received.class).randomOrders(40);

  private static final Interleavings ONE = Interleavings.of(Replies.class).replay("");

  private Orders() {}

  /** Tries many. Whether threads are left is another rule's business. */
  static void explore(Story story, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, MANY.threadsMayRemain(), scenario);
  }

  /** Tries many, and no thread may be left. */
  static void exploreToTheEnd(Story story, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, MANY, scenario);
  }

  /** Tries one, where that is enough. */
  static void runOnce(Story story, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, ONE.threadsMayRemain(), scenario);
  }
}

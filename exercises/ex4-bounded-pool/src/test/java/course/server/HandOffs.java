package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.Story;
import java.util.concurrent.CountDownLatch;

/** What the tests do with a pool: they hand off, and look at it in many orders of steps. */
final class HandOffs {
  private HandOffs() {}

  static void accepted(String message, boolean accepted) {
    if (!accepted) {
      throw new AssertionError(message + " was refused");
    }
  }

  static void refused(String name, HandlerPool pool, String why) {
    boolean accepted =
        pool.handOff(() -> {
          throw new AssertionError(name + " was handled, although it was refused");
        });
    if (accepted) {
      throw new AssertionError(name + " was accepted: " + why);
    }
  }

  /** Hands off a message that fails, and waits until it has begun. */
  static void fails(HandlerPool pool, String name, RuntimeException failure)
      throws InterruptedException {
    var begun = new CountDownLatch(1);
    accepted(
        name,
        pool.handOff(() -> {
          begun.countDown();
          throw failure;
        }));
    begun.await();
  }

  /** Explores what has nothing to do with closing: so a fault of close breaks no other rule. */
  static void exploreOpen(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what,
        expectation,
        Interleavings.of(HandlerPool.class).randomOrders(40).threadsMayRemain(),
        scenario);
  }

  /** As {@link #exploreOpen}, in one order of steps: where the order makes no difference. */
  static void runOnce(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what,
        expectation,
        Interleavings.of(HandlerPool.class).threadsMayRemain().replay(""),
        scenario);
  }

  /** Explores how a pool closes: no thread may be left. */
  static void exploreClose(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what, expectation, Interleavings.of(HandlerPool.class).randomOrders(40), scenario);
  }
}

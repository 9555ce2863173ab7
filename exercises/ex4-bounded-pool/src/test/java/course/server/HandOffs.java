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

  /**
   * Hands off a message, and fails if time passes meanwhile. The clock of the run stands still
   * while any thread can move: so that is a wait, and not a slow machine. Only for {@link
   * #runOnce}.
   */
  static boolean handOffAtOnce(String name, HandlerPool pool, Runnable message) {
    long before = System.nanoTime();
    boolean accepted = pool.handOff(message);
    double millis = (System.nanoTime() - before) / 1e6;
    if (millis > 0) {
      throw new AssertionError(
          "the hand-off of %s waited for %.3g ms by the run's clock".formatted(name, millis));
    }
    return accepted;
  }

  /** As {@link #handOffAtOnce}, and fails too if the message is accepted. */
  static void refusedAtOnce(String name, HandlerPool pool, Runnable message) {
    if (handOffAtOnce(name, pool, message)) {
      throw new AssertionError(name + " was accepted");
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

  /** Lets all others go on until each of them waits, by the clock of the run. */
  static void othersWait() throws InterruptedException {
    Thread.sleep(1);
  }

  /** As {@link #exploreClose}, in one order of steps. */
  static void closeOnce(Story story, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, Interleavings.of(HandlerPool.class).replay(""), scenario);
  }

  /** Explores how a pool closes: no thread may be left. */
  static void exploreClose(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what, expectation, Interleavings.of(HandlerPool.class).randomOrders(40), scenario);
  }
}

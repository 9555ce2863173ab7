package course.server;

import course.interleave.Interleavings;
import course.interleave.Run;
import course.interleave.Scenario;
import course.testkit.Story;
import java.time.Duration;

/** What the tests do with a pool: they hand off, and look at it in many orders of steps. */
final class HandOffs {
  /** Longer than any test: no handler ends by itself. Neither zero in hours nor in milliseconds. */
  static final Duration LONG = Duration.ofHours(2).plusMillis(1);

  /** So short that the interleaving tester sees it pass at each point of the hand-off. */
  static final Duration SHORT = Duration.ofMillis(1);

  private static final int RANDOM_ORDERS = 25;

  private HandOffs() {}

  /** Hands off messages, and waits until all of them are handled at once. */
  static void begin(HandlerPool pool, Message... messages) throws Exception {
    for (Message message : messages) {
      pool.handOff(message);
    }
    for (Message message : messages) {
      message.awaitBegin();
    }
  }

  /** Hands off a message that fails. */
  static void fails(HandlerPool pool, RuntimeException failure) throws Exception {
    pool.handOff(() -> {
      HandlerThreads.isIdleAgain();
      throw failure;
    });
  }

  /** As a message does that is being handled: that one throws no {@link InterruptedException}. */
  static void handOffInside(HandlerPool pool, Message message) {
    Run.Task handOff = () -> pool.handOff(message); // whether it declares the exception or not
    try {
      handOff.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether the hand-off threw no {@link InterruptedException}. */
  static boolean handsOff(HandlerPool pool, Message message) throws Exception {
    Run.Task handOff = () -> pool.handOff(message); // whether it declares the exception or not
    try {
      handOff.run();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Hands off a message that has to wait until another one has ended. */
  static void waitsFor(Message busy, HandlerPool pool, Message next) throws Exception {
    pool.handOff(next);
    if (!busy.isHandled()) {
      throw new AssertionError("a hand-off returned while all handlers were busy");
    }
  }

  static void end(Message... messages) {
    for (Message message : messages) {
      message.end();
    }
  }

  /** Lets time pass, by the clock of the run: that waits until no other thread can move. */
  static void passes(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  /** Waits until nobody else can move: whoever has had a message is back from it. */
  static void allAreBack() throws InterruptedException {
    passes(Duration.ofMillis(1));
  }

  /** Explores what has nothing to do with closing: so a fault of close breaks no other rule. */
  static void exploreOpen(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what,
        expectation,
        Interleavings.of(HandlerPool.class).randomOrders(RANDOM_ORDERS).threadsMayRemain(),
        scenario);
  }

  /** As {@link #exploreOpen}, in one order of steps: what only the clock and numbers decide. */
  static void runOnce(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what,
        expectation,
        Interleavings.of(HandlerPool.class).threadsMayRemain().replay(""),
        scenario);
  }

  /** Explores how a pool closes: a handler may be held while its thread ends. */
  static void exploreClose(Story story, String what, String expectation, Scenario scenario) {
    story.explore(
        what,
        expectation,
        Interleavings.of(HandlerPool.class, HandlerThreads.class).randomOrders(RANDOM_ORDERS),
        scenario);
  }
}

package course.server;

import java.util.concurrent.CountDownLatch;

/** Hand-offs, and what the tests expect of them. */
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
}

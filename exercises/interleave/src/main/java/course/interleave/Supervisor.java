package course.interleave;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs an exploration on a virtual thread, like most threads of its runs: then to hand over from
 * one to the next seldom needs another core to wake up. Threads that spin can take all cores away
 * from virtual threads, so the thread that called looks on.
 */
final class Supervisor {
  private Supervisor() {}

  /**
   * Returns when all is explored.
   *
   * @throws InterruptedException if the current thread is interrupted; the exploration ends too
   */
  static Exploration explore(Explorer explorer) throws InterruptedException {
    var task = new FutureTask<>(explorer::explore);
    Thread thread = Thread.ofVirtual().name("interleave").start(task);
    try {
      while (true) {
        try {
          return task.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          explorer.giveUpWhatSpins();
        }
      }
    } catch (ExecutionException e) {
      throw asOurs(e.getCause());
    } finally {
      thread.interrupt();
    }
  }

  /** What is thrown leads to the line of the test. */
  private static RuntimeException asOurs(Throwable thrown) {
    if (thrown instanceof InterleavingError failure) {
      failure.setStackTrace(new Throwable().getStackTrace());
      throw failure;
    }
    return thrown instanceof IllegalArgumentException
        ? new IllegalArgumentException(thrown.getMessage(), thrown)
        : new IllegalStateException("the exploration broke off: " + thrown, thrown);
  }
}

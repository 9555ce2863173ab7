package course.interleave.explore;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs an exploration on a virtual thread, like most threads of its runs: then to hand over from
 * one to the next seldom needs another core to wake up. Threads that spin can take all cores away
 * from virtual threads, so the thread that called looks on.
 */
public final class Supervisor {
  private Supervisor() {}

  /**
   * Returns when all is explored.
   *
   * @throws InterruptedException if the current thread is interrupted; the exploration ends too
   * @throws IllegalArgumentException if the exploration can't be made as it was asked for
   */
  public static Result explore(Search search) throws InterruptedException {
    var task = new FutureTask<>(search::explore);
    Thread thread = Thread.ofVirtual().name("interleave").start(task);
    try {
      for (int looks = 1; ; looks++) {
        try {
          return task.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          Result hopeless = search.giveUpWhatSpins(looks);
          if (hopeless != null) {
            return hopeless;
          }
        }
      }
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      throw thrown instanceof IllegalArgumentException
          ? new IllegalArgumentException(thrown.getMessage(), thrown)
          : new IllegalStateException("the exploration broke off: " + thrown, thrown);
    } finally {
      thread.interrupt();
    }
  }
}

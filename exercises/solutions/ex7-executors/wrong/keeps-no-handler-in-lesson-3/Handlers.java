package course.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Who handles the messages in lessons 2, 3 and 4, each with an executor that the JDK has ready. */
final class Handlers {
  private Handlers() {}

  private static final RejectedExecutionHandler WAIT =
      (message, pool) -> {
        if (pool.isShutdown()) {
          throw new RejectedExecutionException("handlers are shut down");
        }
        try {
          pool.getQueue().put(message);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new RejectedExecutionException("interrupted", e);
        }
      };

  /** Returns lesson 2: each message gets a handler, which ends with it. */
  static ExecutorService perMessage(ThreadFactory threads) {
    return Executors.newThreadPerTaskExecutor(threads);
  }

  /** Returns lesson 3: {@code size} handlers; while all are busy, execute waits. */
  static ExecutorService fixed(int size, ThreadFactory threads) {
    // as lesson 2, but for the limit: no handler stays when there is nothing to do
    return new ThreadPoolExecutor(
        0, size, 0, TimeUnit.SECONDS, new SynchronousQueue<>(true), threads, WAIT);
  }

  /**
   * Returns lesson 4: a pool that grows while all handlers are busy. Unlike lesson 4's it has a
   * limit, and a way back.
   *
   * @param minimum so many handlers are kept, 1 or more
   * @param maximum there are never more than that; while all are busy, execute waits
   * @param idle after so long without a message, a handler ends, unless only the minimum is left
   */
  static ExecutorService growing(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    return new ThreadPoolExecutor(
        minimum,
        maximum,
        idle.toNanos(),
        TimeUnit.NANOSECONDS,
        new SynchronousQueue<>(true),
        threads,
        WAIT);
  }
}

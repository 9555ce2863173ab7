package course.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Who handles the messages in lessons 2, 3 and 4, each with an executor that the JDK has ready. */
final class Handlers {
  private Handlers() {}

  /** Returns lesson 2: each message gets a handler, which ends with it. */
  static ExecutorService perMessage(ThreadFactory threads) {
    var pool = (ThreadPoolExecutor) Executors.newCachedThreadPool(threads);
    pool.setKeepAliveTime(0, TimeUnit.SECONDS);
    return pool;
  }

  /** Returns lesson 3: {@code size} handlers; while all are busy, execute waits. */
  static ExecutorService fixed(int size, ThreadFactory threads) {
    return growing(size, size, Duration.ZERO, threads);
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
    var turn = new Semaphore(1, true);
    var pool =
        new ThreadPoolExecutor(
            minimum,
            maximum,
            TimeUnit.NANOSECONDS.convert(idle),
            TimeUnit.NANOSECONDS,
            new SynchronousQueue<>(),
            threads,
            (message, executor) -> await(message, executor, turn));
    pool.prestartAllCoreThreads();
    return pool;
  }

  private static void await(Runnable message, ThreadPoolExecutor executor, Semaphore turn) {
    if (executor.isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    try {
      turn.acquire();
      try {
        do {
          if (executor.isShutdown()) {
            throw new RejectedExecutionException("shut down while it waited");
          }
        } while (!executor.getQueue().offer(message, 1, TimeUnit.MILLISECONDS));
      } finally {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted while it waited", e);
    }
  }
}

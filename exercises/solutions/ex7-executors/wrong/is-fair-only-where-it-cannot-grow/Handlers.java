package course.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Who handles the messages in lessons 2, 3 and 4, each with an executor that the JDK has ready. */
final class Handlers {
  private Handlers() {}

  /** Returns lesson 2: each message gets a handler, which ends with it. */
  static ExecutorService perMessage(ThreadFactory threads) {
    return Executors.newThreadPerTaskExecutor(threads);
  }

  /** Returns lesson 3: {@code size} handlers; while all are busy, execute waits. */
  static ExecutorService fixed(int size, ThreadFactory threads) {
    return pool(size, size, Duration.ZERO, new SynchronousQueue<>(true), threads);
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
    return minimum == maximum
        ? fixed(minimum, threads)
        : pool(minimum, maximum, idle, new SynchronousQueue<>(), threads);
  }

  private static ExecutorService pool(
      int minimum,
      int maximum,
      Duration idle,
      SynchronousQueue<Runnable> queue,
      ThreadFactory threads) {
    // This queue has no room, so it takes a message only if a handler waits for one. If it takes
    // none, the executor starts a handler; if there is the maximum already, it rejects the message.
    return new ThreadPoolExecutor(
        minimum,
        maximum,
        idle.toNanos(),
        TimeUnit.NANOSECONDS,
        queue,
        threads,
        Handlers::waitForHandler);
  }

  /**
   * What becomes of a message that the executor rejects: its connection waits. Nobody may wait here
   * when the executor is shut down, as {@code put} does not hear of it: the connections end first.
   */
  private static void waitForHandler(Runnable message, ThreadPoolExecutor handlers) {
    if (handlers.isShutdown()) {
      throw new RejectedExecutionException("the handlers are shut down");
    }
    try {
      handlers.getQueue().put(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // execute can't throw it on
      throw new RejectedExecutionException("interrupted while all handlers were busy", e);
    }
  }
}

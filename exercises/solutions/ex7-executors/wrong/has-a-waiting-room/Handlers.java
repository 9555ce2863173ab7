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

  static ExecutorService perMessage(ThreadFactory threads) {
    return Executors.newThreadPerTaskExecutor(threads);
  }

  static ExecutorService fixed(int size, ThreadFactory threads) {
    return new ThreadPoolExecutor(
        size,
        size,
        0,
        TimeUnit.NANOSECONDS,
        new SynchronousQueue<>(true),
        threads,
        Handlers::await);
  }

  static ExecutorService growing(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    var places = new Semaphore(64); // for connections that wait
    return new ThreadPoolExecutor(
        minimum,
        maximum,
        idle.toNanos(),
        TimeUnit.NANOSECONDS,
        new SynchronousQueue<>(true),
        threads,
        (message, pool) -> {
          if (!places.tryAcquire()) {
            throw new RejectedExecutionException("overload: too many wait already");
          }
          try {
            await(message, pool);
          } finally {
            places.release();
          }
        });
  }

  private static void await(Runnable message, ThreadPoolExecutor pool) {
    if (pool.isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    try {
      pool.getQueue().put(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted", e);
    }
  }
}

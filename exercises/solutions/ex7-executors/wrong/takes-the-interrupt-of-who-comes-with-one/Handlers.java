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

  static ExecutorService perMessage(ThreadFactory threads) {
    return Executors.newThreadPerTaskExecutor(threads);
  }

  static ExecutorService fixed(int size, ThreadFactory threads) {
    return growing(size, size, Duration.ZERO, threads);
  }

  static ExecutorService growing(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    return new ThreadPoolExecutor(
        minimum,
        maximum,
        idle.toNanos(),
        TimeUnit.NANOSECONDS,
        new SynchronousQueue<>(true),
        threads,
        Handlers::waitForHandler);
  }

  private static void waitForHandler(Runnable message, ThreadPoolExecutor executor) {
    if (executor.isShutdown() || Thread.interrupted()) {
      throw new RejectedExecutionException("shut down or interrupted");
    }
    try {
      executor.getQueue().put(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted", e);
    }
  }
}

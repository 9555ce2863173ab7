package course.server;

import java.time.Duration;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

/** Who handles the messages in lessons 2, 3 and 4, each with an executor that the JDK has ready. */
final class Handlers {
  private Handlers() {}

  /** It holds nothing, so one is enough. */
  private static final BlockingQueue<Runnable> HAND_OFF = new SynchronousQueue<>(true);

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
        HAND_OFF,
        threads,
        Handlers::handOver);
  }

  private static void handOver(Runnable message, ThreadPoolExecutor pool) {
    if (pool.isShutdown()) {
      throw new RejectedExecutionException("shut down");
    }
    try {
      HAND_OFF.put(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted", e);
    }
  }
}

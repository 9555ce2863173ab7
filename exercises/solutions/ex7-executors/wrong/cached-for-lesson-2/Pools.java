package course.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps handlers for a minute, in case that more messages come. */
final class Pools {
  private Pools() {}

  /**
   * Lesson 2: each message gets a handler of its own.
   *
   * @param threads makes the handlers' threads
   */
  static ExecutorService perMessage(ThreadFactory threads) {
    return Executors.newCachedThreadPool(threads);
  }

  /**
   * Lesson 3: a fixed number of handlers.
   *
   * @param handlers how many
   * @param threads makes the handlers' threads
   */
  static ExecutorService fixed(int handlers, ThreadFactory threads) {
    return Executors.newFixedThreadPool(handlers, threads);
  }

  /**
   * Lesson 4: grows when all handlers are busy; here with a maximum, and it shrinks again.
   *
   * @param least how many handlers stay when there is nothing to do
   * @param most how many there are at most
   * @param idle how long a handler beyond the least has nothing to do before it ends
   * @param threads makes the handlers' threads
   */
  static ExecutorService growing(int least, int most, Duration idle, ThreadFactory threads) {
    return new ThreadPoolExecutor(
        least,
        most,
        idle.toNanos(),
        TimeUnit.NANOSECONDS,
        // It grows when its queue refuses a message. This one holds nothing, so it refuses each
        // message that no idle handler takes from its hand.
        new SynchronousQueue<>(),
        threads,
        // Who hands off too much is kept busy, and reads no more meanwhile.
        new ThreadPoolExecutor.CallerRunsPolicy());
  }
}

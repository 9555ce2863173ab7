package course.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Who handles the messages in lessons 2, 3 and 4, each with an executor that the JDK has ready. */
final class Handlers {
  private Handlers() {}

  /** Returns lesson 2: each message gets a handler, which ends with it. */
  static ExecutorService perMessage(ThreadFactory threads) {
    // TODO: what does such a pool do with a handler whose message is done?
    return Executors.newCachedThreadPool(threads);
  }

  /** Returns lesson 3: {@code size} handlers; while all are busy, execute waits. */
  static ExecutorService fixed(int size, ThreadFactory threads) {
    // TODO: never more than size, that is right. But who waits while all of them are busy?
    return Executors.newFixedThreadPool(size, threads);
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
    // TODO: the Javadoc of ThreadPoolExecutor says when it starts a handler above the minimum.
    return new ThreadPoolExecutor(
        minimum,
        maximum,
        idle.toNanos(),
        TimeUnit.NANOSECONDS,
        new LinkedBlockingQueue<>(),
        threads);
  }
}

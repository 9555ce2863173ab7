package course.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of a pool and knows how many there are: an executor asks for a thread before
 * {@code execute} returns, so nothing has to be waited for.
 */
final class Handlers implements ThreadFactory {
  final AtomicInteger made = new AtomicInteger();
  final CountDownLatch ended; // one count for each thread that has ended

  /** Makes handlers of which so many are to end. */
  Handlers(int toEnd) {
    ended = new CountDownLatch(toEnd);
  }

  @Override
  public Thread newThread(Runnable task) {
    return Thread.ofVirtual()
        .name("handler " + made.incrementAndGet())
        .unstarted(() -> {
          task.run();
          ended.countDown();
        });
  }
}

package course.interleave.turns;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Measures time in the machine's own steps. A thread that was woken still looks as if it waited
 * until a core takes it up, and on a busy machine that takes long. So nobody looks at a clock: a
 * beat is over when one thread per core, woken together, has run. A thread that was woken some
 * beats ago has run too.
 */
public final class Pace implements AutoCloseable {
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

  private final List<Thread> threads = new ArrayList<>();
  private final List<BlockingQueue<CountDownLatch>> wakes = new ArrayList<>();

  public Pace() {
    for (int i = 0; i < THREADS; i++) {
      var wake = new LinkedBlockingQueue<CountDownLatch>();
      wakes.add(wake);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("interleave-pace-" + i)
              .start(() -> {
                try {
                  while (true) {
                    wake.take().countDown();
                  }
                } catch (InterruptedException e) {
                  // The exploration has ended.
                }
              }));
    }
  }

  /** Returns when a beat is over. */
  void beat() throws InterruptedException {
    var run = new CountDownLatch(THREADS);
    wakes.forEach(wake -> wake.add(run));
    run.await();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}

package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools that grow and shrink, and limits to how many threads run at once. */
@SuppressWarnings({
  "NonAtomicVolatileUpdate",
  "ThreadPriorityCheck",
  "UnsynchronizedOverridesSynchronized",
  "UnusedVariable",
  "WaitNotInLoop"
})
final class Sizing {
  private Sizing() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "one thread too many",
            Sizing.class,
            run -> grow(run, new GreedyPool()),
            run -> grow(run, new ModestPool())),
        new Sample(
            "task stranded with a retiring worker",
            Sizing.class,
            run -> retire(run, new StrandingPool()),
            run -> retire(run, new RetiringPool())),
        new Sample(
            "too many at once on virtual threads",
            Sizing.class,
            run -> limit(new LeakyLimit()),
            run -> limit(new SemaphoreLimit())));
  }

  private static void grow(Run run, GreedyPool pool) throws InterruptedException {
    var go = new CountDownLatch(1);
    run.thread("a", () -> pool.execute(() -> awaitQuietly(go)));
    run.thread("b", () -> pool.execute(() -> awaitQuietly(go)));
    run.join();
    int size = pool.size();
    go.countDown();
    pool.close();
    assertEquals(1, size, "threads in a pool of at most 1");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static class GreedyPool {
    final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    final List<Thread> workers = new ArrayList<>();
    private final AtomicInteger size = new AtomicInteger();

    void execute(Runnable task) {
      if (size.get() < 1) {
        startWorker();
        size.incrementAndGet();
      }
      queue.add(task);
    }

    synchronized void startWorker() {
      Thread worker = new Thread(this::work, "worker");
      workers.add(worker);
      worker.start();
    }

    private void work() {
      try {
        while (true) {
          queue.take().run();
        }
      } catch (InterruptedException e) {
        // closed
      }
    }

    synchronized int size() {
      return workers.size();
    }

    void close() throws InterruptedException {
      for (Thread worker : workers()) {
        worker.interrupt();
        worker.join();
      }
    }

    private synchronized List<Thread> workers() {
      return List.copyOf(workers);
    }
  }

  static class ModestPool extends GreedyPool {
    @Override
    synchronized void execute(Runnable task) {
      if (workers.isEmpty()) {
        startWorker();
      }
      queue.add(task);
    }
  }

  /** A worker goes when it has been idle for 2 ms; a task may come at that moment. */
  private static void retire(Run run, RetiringPool pool) throws InterruptedException {
    var done = new CountDownLatch(2);
    pool.execute(done::countDown);
    run.thread("executes", () -> pool.execute(done::countDown));
    run.join();
    done.await();
  }

  static class RetiringPool {
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private boolean working;

    synchronized void execute(Runnable task) {
      queue.add(task);
      if (!working) {
        working = true;
        Thread.ofVirtual().start(this::work);
      } else {
        notifyAll();
      }
    }

    private void work() {
      Runnable task;
      while ((task = next()) != null) {
        task.run();
      }
    }

    private synchronized Runnable next() {
      try {
        if (queue.isEmpty()) {
          wait(2);
        }
      } catch (InterruptedException e) {
        // retires
      }
      working = !queue.isEmpty();
      return queue.poll();
    }
  }

  static class StrandingPool extends RetiringPool {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicInteger workers = new AtomicInteger();

    @Override
    void execute(Runnable task) {
      tasks.add(task);
      if (workers.compareAndSet(0, 1)) {
        Thread.ofVirtual().start(this::work);
      }
    }

    private void work() {
      try {
        Runnable task;
        while ((task = tasks.poll(2, TimeUnit.MILLISECONDS)) != null) {
          task.run();
        }
      } catch (InterruptedException e) {
        // retires
      }
      workers.set(0);
    }
  }

  private static void limit(LeakyLimit limit) {
    var most = new AtomicInteger();
    var now = new AtomicInteger();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        executor.execute(() ->
            limit.run(() -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              limit.pause();
              now.decrementAndGet();
            }));
      }
    }
    assertEquals(1, most.get(), "most at once, with a limit of 1");
  }

  static class LeakyLimit {
    private volatile int running;
    private volatile int pauses;

    void run(Runnable task) {
      while (running >= 1) {
        Thread.yield();
      }
      synchronized (this) {
        running++;
      }
      try {
        task.run();
      } finally {
        synchronized (this) {
          running--;
        }
      }
    }

    void pause() {
      pauses++;
    }
  }

  static class SemaphoreLimit extends LeakyLimit {
    private final Semaphore free = new Semaphore(1);

    @Override
    void run(Runnable task) {
      free.acquireUninterruptibly();
      try {
        task.run();
      } finally {
        free.release();
      }
    }
  }
}

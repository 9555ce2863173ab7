package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of threads, and how they end. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class Pooling {
  private Pooling() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "task lost in close",
            Pooling.class,
            run -> executeAndClose(run, new LosingPool()),
            run -> executeAndClose(run, new FinishingPool())),
        new Sample(
            "dying worker",
            Pooling.class,
            run -> surviveFailure(new MortalPool()),
            run -> surviveFailure(new FinishingPool())),
        new Sample(
            "leaked worker",
            Pooling.class,
            run -> openAndClose(new LeakingPool()),
            run -> openAndClose(new FinishingPool())),
        new Sample(
            "premature close",
            Pooling.class,
            run -> closeWaits(new HastyPool()),
            run -> closeWaits(new FinishingPool())));
  }

  interface Pool {
    void execute(Runnable task);

    void close() throws InterruptedException;
  }

  /** What was accepted is done, whenever the pool is closed. */
  private static void executeAndClose(Run run, Pool pool) throws InterruptedException {
    var done = new AtomicInteger();
    var accepted = new AtomicInteger();
    run.thread(
        "executes",
        () -> {
          try {
            pool.execute(done::incrementAndGet);
            accepted.incrementAndGet();
          } catch (RejectedExecutionException e) {
            // closed already: that is fair
          }
        });
    run.thread("closes", pool::close);
    run.join();
    assertEquals(accepted.get(), done.get(), "tasks done");
  }

  private static void surviveFailure(Pool pool) throws InterruptedException {
    var done = new CountDownLatch(1);
    pool.execute(() -> {
      throw new IllegalStateException("on purpose");
    });
    pool.execute(done::countDown);
    done.await();
    pool.close();
  }

  private static void openAndClose(Pool pool) throws InterruptedException {
    var done = new CountDownLatch(1);
    pool.execute(done::countDown);
    done.await();
    pool.close();
  }

  private static void closeWaits(Pool pool) throws InterruptedException {
    var done = new AtomicInteger();
    pool.execute(done::incrementAndGet);
    pool.close();
    assertEquals(1, done.get(), "tasks done when close returns");
  }

  /** Correct: a lock for all, a queue that ends. */
  static class FinishingPool implements Pool {
    final Queue<Runnable> queue = new ArrayDeque<>();
    final Thread worker = new Thread(this::work, "worker");
    boolean closed;

    FinishingPool() {
      worker.start();
    }

    @Override
    public synchronized void execute(Runnable task) {
      if (closed) {
        throw new RejectedExecutionException();
      }
      queue.add(task);
      notifyAll();
    }

    void work() {
      Runnable task;
      while ((task = next()) != null) {
        try {
          task.run();
        } catch (RuntimeException e) {
          // costs one task
        }
      }
    }

    synchronized Runnable next() {
      while (queue.isEmpty() && !closed) {
        try {
          wait();
        } catch (InterruptedException e) {
          return null;
        }
      }
      return queue.poll();
    }

    @Override
    public void close() throws InterruptedException {
      synchronized (this) {
        closed = true;
        notifyAll();
      }
      worker.join();
    }
  }

  static class MortalPool extends FinishingPool {
    @Override
    void work() {
      Runnable task;
      while ((task = next()) != null) {
        task.run();
      }
    }
  }

  static class LosingPool implements Pool {
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread worker = new Thread(this::work, "worker");
    private volatile boolean closed;

    LosingPool() {
      worker.start();
    }

    @Override
    public void execute(Runnable task) {
      if (closed) {
        throw new RejectedExecutionException();
      }
      queue.add(task);
    }

    private void work() {
      try {
        while (!closed) {
          queue.take().run();
        }
      } catch (InterruptedException e) {
        Runnable task;
        while ((task = queue.poll()) != null) {
          task.run();
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      closed = true;
      worker.interrupt();
      worker.join();
    }
  }

  static class LeakingPool extends FinishingPool {
    @Override
    public void close() {
      synchronized (this) {
        closed = true; // but who waits is not told
      }
    }
  }

  static class HastyPool extends FinishingPool {
    @Override
    public synchronized void close() {
      closed = true;
      notifyAll();
    }
  }
}

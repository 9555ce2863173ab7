package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of threads, and how they end. */
@SuppressWarnings({
  "NonAtomicVolatileUpdate",
  "ThreadPriorityCheck",
  "UnsynchronizedOverridesSynchronized",
  "UnusedVariable",
  "WaitNotInLoop"
})
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
            "leaked worker, virtual",
            Pooling.class,
            run -> handOff(new LeakingHandler()),
            run -> handOff(new EndingHandler())),
        new Sample(
            "premature close",
            Pooling.class,
            run -> closeWaits(new HastyPool()),
            run -> closeWaits(new FinishingPool())),
        new Sample(
            "lost interrupt",
            Pooling.class,
            run -> openAndClose(new DeafPool()),
            run -> openAndClose(new HearingPool())),
        new Sample(
            "one thread too many",
            Pooling.class,
            run -> grow(run, new GreedyPool()),
            run -> grow(run, new ModestPool())),
        new Sample(
            "task stranded with a retiring worker",
            Pooling.class,
            run -> retire(run, new StrandingPool()),
            run -> retire(run, new RetiringPool())),
        new Sample(
            "hand-off to nobody",
            Pooling.class,
            run -> handOff(new DroppingHandler()),
            run -> handOff(new EndingHandler())),
        new Sample(
            "too many at once on virtual threads",
            Pooling.class,
            run -> limit(new LeakyLimit()),
            run -> limit(new SemaphoreLimit())),
        new Sample(
            "future completed twice",
            Pooling.class,
            run -> race(new DoubleWinner()),
            run -> race(new OneWinner())));
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

    private synchronized Runnable next() {
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
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    void work() {
      try {
        while (true) {
          tasks.take().run();
        }
      } catch (InterruptedException e) {
        // closed
      }
    }

    @Override
    public void close() throws InterruptedException {
      worker.interrupt();
      worker.join();
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

  static class HearingPool implements Pool {
    final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread worker = new Thread(this::work, "worker");

    HearingPool() {
      worker.start();
    }

    @Override
    public void execute(Runnable task) {
      queue.add(task);
    }

    void work() {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          queue.take().run();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      worker.interrupt();
      worker.join();
    }
  }

  static class DeafPool extends HearingPool {
    @Override
    void work() {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          queue.take().run();
        } catch (InterruptedException e) {
          // swallowed: the loop never sees it
        }
      }
    }
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

  /** Handles what it was handed, and ends when it is closed. */
  private static void handOff(Handler handler) throws InterruptedException {
    var handled = new AtomicInteger();
    handler.start();
    handler.handOff(handled::incrementAndGet);
    handler.close();
    assertEquals(1, handled.get(), "messages handled");
  }

  interface Handler {
    void start();

    void handOff(Runnable message) throws InterruptedException;

    void close() throws InterruptedException;
  }

  static class EndingHandler implements Handler {
    final SynchronousQueue<Runnable> messages = new SynchronousQueue<>();
    Thread thread;

    @Override
    public void start() {
      thread = Thread.ofVirtual().name("handler").start(this::handleAll);
    }

    private void handleAll() {
      try {
        while (true) {
          messages.take().run();
        }
      } catch (InterruptedException e) {
        // closed
      }
    }

    @Override
    public void handOff(Runnable message) throws InterruptedException {
      messages.put(message);
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }

  static class LeakingHandler extends EndingHandler {
    private final CountDownLatch handled = new CountDownLatch(1);

    @Override
    public void handOff(Runnable message) throws InterruptedException {
      messages.put(() -> {
        message.run();
        handled.countDown();
      });
    }

    @Override
    public void close() throws InterruptedException {
      handled.await();
    }
  }

  static class DroppingHandler extends EndingHandler {
    @Override
    public void handOff(Runnable message) {
      messages.offer(message);
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

  private static void race(OneWinner race) throws Exception {
    var won = new AtomicInteger();
    CompletableFuture<Void> a =
        CompletableFuture.runAsync(() -> won.addAndGet(race.finish("a") ? 1 : 0));
    CompletableFuture<Void> b =
        CompletableFuture.runAsync(() -> won.addAndGet(race.finish("b") ? 1 : 0));
    CompletableFuture.allOf(a, b).get();
    assertEquals(1, won.get(), "winners");
  }

  static class OneWinner {
    final CompletableFuture<String> winner = new CompletableFuture<>();

    boolean finish(String name) {
      return winner.complete(name);
    }
  }

  static class DoubleWinner extends OneWinner {
    @Override
    boolean finish(String name) {
      if (winner.isDone()) {
        return false;
      }
      winner.complete(name);
      return true;
    }
  }
}

package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Locks, and threads of a pool, that are held for too long. */
@SuppressWarnings("LockNotBeforeTry")
final class Holding {
  private Holding() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "nested-monitor lockout",
            Holding.class,
            run -> handOver(run, new NestedMonitors()),
            run -> handOver(run, new OneMonitor())),
        new Sample(
            "lock kept by an exception",
            Holding.class,
            run -> failInside(run, new KeptLock()),
            run -> failInside(run, new ReleasedLock())),
        new Sample(
            "join under a lock",
            Holding.class,
            run -> stop(run, new Service(true)),
            run -> stop(run, new Service(false))),
        new Sample(
            "pool that waits for its own task",
            Holding.class,
            run -> compute(run, new Nested(1)),
            run -> compute(run, new Nested(3))),
        new Sample(
            "reader starved by a writer that never yields",
            Holding.class,
            run -> readWhileWritten(run, new Board(false)),
            run -> readWhileWritten(run, new Board(true))));
  }

  private static void handOver(Run run, Mailbox mailbox) throws InterruptedException {
    run.thread("takes", () -> assertEquals("letter", mailbox.take()));
    run.thread("puts", () -> mailbox.put("letter"));
    run.join();
  }

  interface Mailbox {
    void put(String letter);

    String take() throws InterruptedException;
  }

  static class NestedMonitors implements Mailbox {
    private final Object arrived = new Object();
    private String letter;

    @Override
    public synchronized void put(String newLetter) {
      letter = newLetter;
      synchronized (arrived) {
        arrived.notifyAll();
      }
    }

    @Override
    public synchronized String take() throws InterruptedException {
      while (letter == null) {
        synchronized (arrived) {
          arrived.wait(); // gives back only one of the two
        }
      }
      return letter;
    }
  }

  static class OneMonitor implements Mailbox {
    private String letter;

    @Override
    public synchronized void put(String newLetter) {
      letter = newLetter;
      notifyAll();
    }

    @Override
    public synchronized String take() throws InterruptedException {
      while (letter == null) {
        wait();
      }
      return letter;
    }
  }

  private static void failInside(Run run, KeptLock guarded) throws InterruptedException {
    run.thread(
        "fails",
        () -> {
          try {
            guarded.divide(0);
          } catch (ArithmeticException e) {
            // on purpose
          }
        });
    run.thread("works", () -> guarded.divide(1));
    run.join();
  }

  static class KeptLock {
    final ReentrantLock lock = new ReentrantLock();

    int divide(int by) {
      lock.lock();
      int result = 1 / by;
      lock.unlock();
      return result;
    }
  }

  static class ReleasedLock extends KeptLock {
    @Override
    int divide(int by) {
      lock.lock();
      try {
        return 1 / by;
      } finally {
        lock.unlock();
      }
    }
  }

  private static void stop(Run run, Service service) throws InterruptedException {
    service.start();
    run.thread("stops", service::stop);
    run.join();
  }

  static class Service {
    private final boolean joinsUnderLock;
    private Thread worker;
    private boolean stopped;

    Service(boolean joinsUnderLock) {
      this.joinsUnderLock = joinsUnderLock;
    }

    void start() {
      worker = Thread.ofVirtual().name("worker").start(this::work);
    }

    private void work() {
      synchronized (this) {
        stopped = true;
      }
    }

    void stop() throws InterruptedException {
      if (joinsUnderLock) {
        synchronized (this) {
          if (!stopped) {
            worker.join();
          }
        }
      } else {
        worker.join();
      }
    }
  }

  private static void compute(Run run, Nested nested) throws Exception {
    run.thread("a", () -> assertEquals(2, nested.sum()));
    run.join();
    nested.close();
  }

  static class Nested implements AutoCloseable {
    private final ExecutorService pool;

    Nested(int threads) {
      pool = Executors.newFixedThreadPool(threads);
    }

    int sum() throws Exception {
      return pool.submit(() -> 1 + pool.submit(() -> 1).get()).get();
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  private static void readWhileWritten(Run run, Board board) throws InterruptedException {
    run.thread("writes", board::writeUntilRead);
    run.thread("reads", board::read);
    run.join();
  }

  static class Board {
    private final boolean yields;
    private final AtomicBoolean read = new AtomicBoolean();
    private int text;

    Board(boolean yields) {
      this.yields = yields;
    }

    void writeUntilRead() {
      if (yields) {
        while (!read.get()) {
          synchronized (this) {
            text++;
          }
        }
      } else {
        synchronized (this) {
          while (!read.get()) {
            text++;
          }
        }
      }
    }

    synchronized int read() {
      read.set(true);
      return text;
    }
  }
}

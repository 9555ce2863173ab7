package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Locks that block each other. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop", "FutureReturnValueIgnored"})
final class Locking {
  private Locking() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "lock-order deadlock",
            Locking.class,
            run -> transfer(run, new Bank(false)),
            run -> transfer(run, new Bank(true))),
        new Sample(
            "lock-order deadlock with ReentrantLock",
            Locking.class,
            run -> transfer(run, new LockBank(false)),
            run -> transfer(run, new LockBank(true))),
        new Sample(
            "lock-order deadlock on platform threads",
            Locking.class,
            run -> transferOnPlatformThreads(run, new Bank(false)),
            run -> transferOnPlatformThreads(run, new Bank(true))),
        new Sample(
            "nested-monitor lockout",
            Locking.class,
            run -> handOver(run, new NestedMonitors()),
            run -> handOver(run, new OneMonitor())),
        new Sample(
            "lock kept by an exception",
            Locking.class,
            run -> failInside(run, new KeptLock()),
            run -> failInside(run, new ReleasedLock())),
        new Sample(
            "read lock upgraded",
            Locking.class,
            run -> upgradeBoth(run, new Upgrade(false)),
            run -> upgradeBoth(run, new Upgrade(true))),
        new Sample(
            "join under a lock",
            Locking.class,
            run -> stop(run, new Service(true)),
            run -> stop(run, new Service(false))),
        new Sample(
            "pool that waits for its own task",
            Locking.class,
            run -> compute(run, new Nested(1)),
            run -> compute(run, new Nested(3))));
  }

  private static void transfer(Run run, Bank bank) throws InterruptedException {
    run.thread("a to b", () -> bank.transfer(0, 1));
    run.thread("b to a", () -> bank.transfer(1, 0));
    run.join();
    assertEquals(0, bank.sum());
  }

  private static void transferOnPlatformThreads(Run run, Bank bank) throws InterruptedException {
    run.platformThread("a to b", () -> bank.transfer(0, 1));
    run.platformThread("b to a", () -> bank.transfer(1, 0));
    run.join();
  }

  static class Account {
    final Lock lock = new ReentrantLock();
    int amount;
  }

  static class Bank {
    final Account[] accounts = {new Account(), new Account()};
    final boolean ordered;

    Bank(boolean ordered) {
      this.ordered = ordered;
    }

    void transfer(int from, int to) {
      Account first = accounts[ordered ? Math.min(from, to) : from];
      Account second = accounts[ordered ? Math.max(from, to) : to];
      synchronized (first) {
        synchronized (second) {
          move(accounts[from], accounts[to]);
        }
      }
    }

    static void move(Account from, Account to) {
      from.amount--;
      to.amount++;
    }

    int sum() {
      return accounts[0].amount + accounts[1].amount;
    }
  }

  static class LockBank extends Bank {
    LockBank(boolean ordered) {
      super(ordered);
    }

    @Override
    void transfer(int from, int to) {
      Lock first = accounts[ordered ? Math.min(from, to) : from].lock;
      Lock second = accounts[ordered ? Math.max(from, to) : to].lock;
      first.lock();
      try {
        second.lock();
        try {
          move(accounts[from], accounts[to]);
        } finally {
          second.unlock();
        }
      } finally {
        first.unlock();
      }
    }
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

  private static void upgradeBoth(Run run, Upgrade cache) throws InterruptedException {
    run.thread("a", cache::refresh);
    run.thread("b", cache::refresh);
    run.join();
  }

  static class Upgrade {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final boolean releases;
    private int version;

    Upgrade(boolean releases) {
      this.releases = releases;
    }

    void refresh() throws InterruptedException {
      lock.readLock().lock();
      boolean old = version == 0;
      if (releases) {
        lock.readLock().unlock();
      }
      if (old) {
        lock.writeLock().lockInterruptibly();
        version = 1;
        lock.writeLock().unlock();
      }
      if (!releases) {
        lock.readLock().unlock();
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
}

package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Locks that block each other. */
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
            "read lock upgraded",
            Locking.class,
            run -> upgradeBoth(run, new Upgrade(false)),
            run -> upgradeBoth(run, new Upgrade(true))));
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
}

package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.interleave.Run;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that wait for a condition, and do not check it again when they are woken. */
@SuppressWarnings({"WaitNotInLoop", "UnsynchronizedOverridesSynchronized"})
final class Guarding {
  private Guarding() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "if for while",
            Guarding.class,
            run -> takeBoth(run, new IfQueue()),
            run -> takeBoth(run, new WhileQueue())),
        new Sample(
            "if for while, with a condition",
            Guarding.class,
            run -> takeBoth(run, new IfConditionQueue()),
            run -> takeBoth(run, new WhileQueue())),
        new Sample(
            "if for while, in a semaphore",
            Guarding.class,
            run -> useByThree(run, new IfPermit()),
            run -> useByThree(run, new WhilePermit())),
        new Sample(
            "if for while, in a lock for readers and writers",
            Guarding.class,
            run -> readAndWriteTwice(run, new IfBook()),
            run -> readAndWriteTwice(run, new WhileBook())));
  }

  private static void takeBoth(Run run, WhileQueue queue) throws InterruptedException {
    run.thread("take 1", () -> assertNotNull(queue.take()));
    run.thread("take 2", () -> assertNotNull(queue.take()));
    run.thread(
        "puts",
        () -> {
          queue.put("x");
          queue.put("y");
        });
    run.join();
  }

  static class WhileQueue {
    final Queue<String> things = new ArrayDeque<>();

    synchronized void put(String thing) {
      things.add(thing);
      notifyAll();
    }

    synchronized String take() throws InterruptedException {
      while (things.isEmpty()) {
        wait();
      }
      return things.poll();
    }
  }

  static class IfQueue extends WhileQueue {
    @Override
    synchronized String take() throws InterruptedException {
      if (things.isEmpty()) {
        wait();
      }
      return things.poll();
    }
  }

  static class IfConditionQueue extends WhileQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    @Override
    void put(String thing) {
      lock.lock();
      try {
        things.add(thing);
        added.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    String take() throws InterruptedException {
      lock.lock();
      try {
        if (things.isEmpty()) {
          added.await();
        }
        return things.poll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static void useByThree(Run run, WhilePermit permit) throws InterruptedException {
    for (int i = 1; i <= 3; i++) {
      run.thread("user " + i, permit::use);
    }
    run.join();
    assertEquals(1, permit.mostUsers, "users at once");
  }

  /** For one at a time. */
  static class WhilePermit {
    boolean taken;
    private final AtomicInteger users = new AtomicInteger();
    private volatile int mostUsers;

    synchronized void acquire() throws InterruptedException {
      while (taken) {
        wait();
      }
      taken = true;
    }

    private synchronized void release() {
      taken = false;
      notify();
    }

    void use() throws InterruptedException {
      acquire();
      mostUsers = Math.max(users.incrementAndGet(), mostUsers);
      users.decrementAndGet();
      release();
    }
  }

  static class IfPermit extends WhilePermit {
    @Override
    synchronized void acquire() throws InterruptedException {
      if (taken) {
        wait();
      }
      taken = true;
    }
  }

  private static void readAndWriteTwice(Run run, WhileBook book) throws InterruptedException {
    run.thread("writer 1", book::write);
    run.thread("writer 2", book::write);
    run.thread("reader", book::read);
    run.join();
  }

  /** For many readers, or one writer. */
  static class WhileBook {
    int readers;
    boolean writing;

    void read() throws InterruptedException {
      synchronized (this) {
        while (writing) {
          wait();
        }
        readers++;
      }
      synchronized (this) {
        readers--;
        notifyAll();
      }
    }

    void write() throws InterruptedException {
      synchronized (this) {
        awaitNobody();
        assertTrue(readers == 0 && !writing, "a writer is alone");
        writing = true;
      }
      synchronized (this) {
        writing = false;
        notifyAll();
      }
    }

    synchronized void awaitNobody() throws InterruptedException {
      while (readers > 0 || writing) {
        wait();
      }
    }
  }

  static class IfBook extends WhileBook {
    @Override
    synchronized void awaitNobody() throws InterruptedException {
      if (readers > 0 || writing) {
        wait();
      }
    }
  }
}

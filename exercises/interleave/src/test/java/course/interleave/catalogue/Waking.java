package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that take it for a signal that they wake up. */
@SuppressWarnings("WaitNotInLoop") // that is the bug
final class Waking {
  private Waking() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "wait without a loop",
            Waking.class,
            run -> hand(run, new Waiter()),
            run -> hand(run, new LoopingWaiter())),
        new Sample(
            "wait for a condition without a loop",
            Waking.class,
            run -> hand(run, new Awaiter()),
            run -> hand(run, new LoopingAwaiter())),
        new Sample(
            "park without a loop",
            Waking.class,
            run -> hand(run, new Parker()),
            run -> hand(run, new LoopingParker())));
  }

  private static void hand(Run run, Hand hand) throws InterruptedException {
    run.thread("takes", () -> assertEquals("x", hand.take()));
    run.thread("gives", () -> hand.give("x"));
    run.join();
  }

  /** One thread gives one thing, one takes it. */
  interface Hand {
    String take() throws InterruptedException;

    void give(String thing);
  }

  static class Waiter implements Hand {
    String thing;

    @Override
    public synchronized String take() throws InterruptedException {
      if (thing == null) {
        wait();
      }
      return thing;
    }

    @Override
    public synchronized void give(String given) {
      thing = given;
      notifyAll();
    }
  }

  static class LoopingWaiter extends Waiter {
    @Override
    public synchronized String take() throws InterruptedException {
      while (thing == null) {
        wait();
      }
      return thing;
    }
  }

  static class Awaiter implements Hand {
    final Lock lock = new ReentrantLock();
    final Condition given = lock.newCondition();
    String thing;

    @Override
    public String take() throws InterruptedException {
      lock.lock();
      try {
        if (thing == null) {
          given.await();
        }
        return thing;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void give(String newThing) {
      lock.lock();
      try {
        thing = newThing;
        given.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  static class LoopingAwaiter extends Awaiter {
    @Override
    public String take() throws InterruptedException {
      lock.lock();
      try {
        while (thing == null) {
          given.await();
        }
        return thing;
      } finally {
        lock.unlock();
      }
    }
  }

  static class Parker implements Hand {
    volatile Thread taker;
    volatile String thing;

    @Override
    public String take() {
      taker = Thread.currentThread();
      if (thing == null) {
        LockSupport.park(this);
      }
      return thing;
    }

    @Override
    public void give(String given) {
      thing = given;
      LockSupport.unpark(taker);
    }
  }

  static class LoopingParker extends Parker {
    @Override
    public String take() {
      taker = Thread.currentThread();
      while (thing == null) {
        LockSupport.park(this);
      }
      return thing;
    }
  }
}

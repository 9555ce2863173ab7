package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that take it for a signal that they wake up, or do not wake up at all. */
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
            run -> hand(run, new LoopingParker())),
        new Sample(
            "future with a time that is surely enough",
            Waking.class,
            run -> hand(run, new HastyFuture()),
            run -> hand(run, new PatientFuture())),
        new Sample(
            "interrupt restored in the loop of a wait",
            Waking.class,
            run -> handToInterrupted(run, new RestlessWaiter()),
            run -> handToInterrupted(run, new DeafWaiter())));
  }

  private static void hand(Run run, Hand hand) throws InterruptedException {
    run.thread("takes", () -> assertEquals("x", hand.take()));
    run.thread("gives", () -> hand.give("x"));
    run.join();
  }

  private static void handToInterrupted(Run run, Hand hand) throws InterruptedException {
    run.thread(
        "takes",
        () -> {
          Thread.currentThread().interrupt();
          assertEquals("x", hand.take());
          assertTrue(Thread.currentThread().isInterrupted());
        });
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

  static class PatientFuture implements Hand {
    final CompletableFuture<String> thing = new CompletableFuture<>();

    @Override
    public String take() {
      return thing.join();
    }

    @Override
    public void give(String given) {
      thing.complete(given);
    }
  }

  static class HastyFuture extends PatientFuture {
    @Override
    public String take() {
      return thing.completeOnTimeout("nothing", 1, TimeUnit.SECONDS).join();
    }
  }

  /** Waits in vain once it is interrupted, and keeps its monitor meanwhile. */
  static class RestlessWaiter extends Waiter {
    @Override
    public synchronized String take() {
      while (thing == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return thing;
    }
  }

  static class DeafWaiter extends Waiter {
    @Override
    public synchronized String take() {
      boolean interrupted = false;
      while (thing == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return thing;
    }
  }
}

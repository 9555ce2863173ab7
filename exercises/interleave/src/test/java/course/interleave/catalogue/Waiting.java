package course.interleave.catalogue;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that wait for a signal that comes too early, or to the wrong thread. */
@SuppressWarnings("WaitNotInLoop")
final class Waiting {
  private Waiting() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "missed notify",
            Waiting.class,
            run -> openGate(run, new UnlockedGate()),
            run -> openGate(run, new Gate())),
        new Sample(
            "missed notify on platform threads",
            Waiting.class,
            run -> openGateOnPlatformThreads(run, new UnlockedGate()),
            run -> openGateOnPlatformThreads(run, new Gate())),
        new Sample(
            "signal without a state",
            Waiting.class,
            run -> openGate(run, new StatelessGate()),
            run -> openGate(run, new ConditionGate())),
        new Sample(
            "notify for notifyAll",
            Waiting.class,
            run -> passOn(run, new Slot(false)),
            run -> passOn(run, new Slot(true))),
        new Sample(
            "notify before the change",
            Waiting.class,
            run -> openGate(run, new HastyGate()),
            run -> openGate(run, new Gate())),
        new Sample(
            "unpark that comes to nobody",
            Waiting.class,
            run -> openGate(run, new HastyParkingGate()),
            run -> openGate(run, new ParkingGate())));
  }

  private static void openGate(Run run, Gate gate) throws InterruptedException {
    run.thread("waits", gate::await);
    run.thread("opens", gate::open);
    run.join();
  }

  private static void openGateOnPlatformThreads(Run run, Gate gate) throws InterruptedException {
    run.platformThread("waits", gate::await);
    run.platformThread("opens", gate::open);
    run.join();
  }

  static class Gate {
    boolean open;

    void await() throws InterruptedException {
      synchronized (this) {
        while (!open) {
          wait();
        }
      }
    }

    void open() {
      synchronized (this) {
        open = true;
        notifyAll();
      }
    }
  }

  static class UnlockedGate extends Gate {
    @Override
    void await() throws InterruptedException {
      while (!open) {
        synchronized (this) {
          wait();
        }
      }
    }
  }

  static class HastyGate extends Gate {
    @Override
    void open() {
      synchronized (this) {
        notifyAll();
      }
      synchronized (this) {
        open = true;
      }
    }
  }

  static class StatelessGate extends Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();

    @Override
    void await() throws InterruptedException {
      lock.lock();
      try {
        opened.await();
      } finally {
        lock.unlock();
      }
    }

    @Override
    void open() {
      lock.lock();
      try {
        opened.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  static class ConditionGate extends Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();

    @Override
    void await() throws InterruptedException {
      lock.lock();
      try {
        while (!open) {
          opened.await();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    void open() {
      lock.lock();
      try {
        open = true;
        opened.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  static class ParkingGate extends Gate {
    volatile boolean opened;
    volatile Thread waiting;

    @Override
    void await() {
      waiting = Thread.currentThread();
      while (!opened) {
        LockSupport.park(this);
      }
    }

    @Override
    void open() {
      opened = true;
      LockSupport.unpark(waiting);
    }
  }

  static class HastyParkingGate extends ParkingGate {
    @Override
    void open() {
      Thread toWake = waiting;
      opened = true;
      LockSupport.unpark(toWake);
    }
  }

  private static void passOn(Run run, Slot slot) throws InterruptedException {
    run.thread("put 1", () -> slot.put("x"));
    run.thread("put 2", () -> slot.put("y"));
    run.thread("take 1", slot::take);
    run.thread("take 2", slot::take);
    run.join();
  }

  /** Room for one thing; who puts and who takes wait in the same place. */
  static class Slot {
    private final boolean wakeAll;
    private String thing;

    Slot(boolean wakeAll) {
      this.wakeAll = wakeAll;
    }

    synchronized void put(String newThing) throws InterruptedException {
      while (thing != null) {
        wait();
      }
      thing = newThing;
      wake();
    }

    synchronized String take() throws InterruptedException {
      while (thing == null) {
        wait();
      }
      String taken = thing;
      thing = null;
      wake();
      return taken;
    }

    private void wake() {
      if (wakeAll) {
        notifyAll();
      } else {
        notify();
      }
    }
  }
}

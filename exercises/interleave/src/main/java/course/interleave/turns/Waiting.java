package course.interleave.turns;

import course.interleave.schedule.Point;
import course.interleave.turns.Outcome.Event;
import course.interleave.turns.Participant.State;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Waits as {@link Object#wait} and {@link Condition#await} do, and wakes those that do. But here
 * the run knows who is woken, and to take the lock back then is a point like any other, however the
 * wait has ended. Thread-safe.
 */
final class Waiting {
  private final RunState run;
  private final Conductor conductor;
  private final Turns turns;

  Waiting(RunState run, Conductor conductor, Turns turns) {
    this.run = run;
    this.conductor = conductor;
    this.turns = turns;
  }

  /** Waits as below, in the thread's last point if that is under test. */
  boolean await(Wait wait, long nanos) throws InterruptedException {
    Point point = wait.reacquires;
    return await(wait, nanos, point.isAnywhere() ? point : run.threads.me().at);
  }

  /**
   * Waits until it is woken.
   *
   * @param nanos for how long at the most, in the run's own time
   * @return whether it was woken before its time had passed
   * @throws InterruptedException if the thread is interrupted before it is woken, and that ends the
   *     wait
   */
  boolean await(Wait wait, long nanos, Point call) throws InterruptedException {
    if (wait.isInterruptible() && Thread.interrupted()) {
      throw new InterruptedException(); // as the JDK does: before it gives the lock away
    }
    Participant me = run.threads.me();
    run.lock.lock();
    try {
      wait.begin(run.tick());
      me.limit.begin(call, run.clock.in(nanos), false);
      me.beginWait(wait);
      conductor.drop(me);
      wait.giveAway();
      run.callWatcher();
      try {
        awaitWakeUp(me, wait);
      } finally {
        awaitReacquire(me, wait);
      }
      return !me.limit.hasRunOut;
    } finally {
      me.limit.finish();
      me.endWait();
      run.lock.unlock();
      wait.takeBack(run.isOver());
      turns.unwindIfOver(me);
    }
  }

  private void awaitWakeUp(Participant me, Wait wait) throws InterruptedException {
    while (!wait.woken && !run.isOver()) {
      try {
        wait.sleep(me.turn, run.lock);
      } catch (InterruptedException e) {
        boolean early = !wait.woken && !run.isOver();
        if (early && wait.isInterruptible()) {
          throw e;
        }
        wait.interruptLater();
        if (early) {
          continue; // it sleeps on
        }
      }
      if (!wait.stirred) {
        return; // woken by the run; or else by code that it knows nothing of
      }
    }
  }

  private void awaitReacquire(Participant me, Wait wait) {
    if (wait.woken) {
      turns.sleepUntilTurn(me);
    } else {
      me.wakeUp();
      turns.awaitTurn(me, State.READY);
    }
    if (!run.isOver() && !me.at.isAnywhere()) {
      turns.holdIfScheduled(me);
      if (!run.isOver()) {
        run.history.step(me, Event.PASSES);
      }
    }
  }

  /** Wakes the one that has waited longest; returns whether anybody waits. */
  boolean signal(Condition condition) {
    return wake(condition, waiting -> waiting.subList(0, 1));
  }

  /** Wakes any one of those that wait; returns whether anybody does. */
  boolean notifyOne(Object monitor) {
    return wake(monitor, waiting -> List.of(conductor.choose(waiting)));
  }

  /** Wakes all that wait; returns whether anybody does. */
  boolean wakeAll(Object key) {
    return wake(key, waiting -> waiting);
  }

  /** Returns how many wait for the condition. */
  int waiters(Condition condition) {
    return count(p -> p.waitsFor(condition));
  }

  /** Returns how many wait to take the lock, or to take it back. */
  int queued(ReentrantLock lock) {
    return count(p -> isQueued(p, lock));
  }

  /** Returns whether a thread is one of those. */
  boolean isQueued(Thread thread, ReentrantLock lock) {
    return count(p -> p.thread == thread && isQueued(p, lock)) > 0;
  }

  private static boolean isQueued(Participant p, ReentrantLock lock) {
    return p.waitsForLock(lock) && (p.waitsForRelease || p.wait != null);
  }

  private int count(Predicate<Participant> is) {
    try (var _ = Held.hold(run.lock)) {
      return (int) run.threads.stream().filter(is).count();
    }
  }

  /** The current thread waits in a synchronizer of the JDK's until the result is closed. */
  Awaiting in(Object synchronizer, int permits) {
    Participant me = run.threads.me();
    try (var _ = Held.hold(run.lock)) {
      me.awaited.begin(synchronizer, permits, run.tick());
    }
    return () -> {
      try (var _ = Held.hold(run.lock)) {
        me.awaited.end();
      }
    };
  }

  /** A thread is about to be interrupted: it does not surely wait any more, if it does. */
  void interrupting(Thread thread) {
    try (var _ = Held.hold(run.lock)) {
      Participant p = run.threads.known(thread);
      if (p != null && p.wait != null) {
        p.wait.interruptComes();
      }
    }
  }

  private boolean wake(Object key, UnaryOperator<List<Participant>> choice) {
    try (var _ = Held.hold(run.lock)) {
      List<Participant> waiting =
          run.threads.stream()
              .filter(p -> p.waitsFor(key))
              .sorted(Comparator.comparingLong(p -> p.wait.since))
              .toList();
      if (!waiting.isEmpty()) {
        choice.apply(waiting).forEach(Participant::wakeUp);
        run.moved();
      }
      return !waiting.isEmpty();
    }
  }
}

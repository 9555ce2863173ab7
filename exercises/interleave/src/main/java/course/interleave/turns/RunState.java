package course.interleave.turns;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What all threads of a run share. Its lock guards this and all else in the package; the methods
 * that take it say so.
 */
final class RunState {
  final ReentrantLock lock = new ReentrantLock();
  final Threads threads;
  final History history;
  final Clock clock = new Clock();
  private final Condition changed = lock.newCondition(); // signalled when the watcher has to look
  private final Predicate<String> isOfRun;
  private long movement;
  private long ticks;
  private volatile long
      lasted; // nanoseconds of real time, but for those in which the machine stood still
  private Failure failure;
  private volatile boolean over;

  /**
   * @param isOfRun whether a class of this name belongs to the run's own
   */
  RunState(ClassLoader classes, Predicate<String> isOfRun, History history) {
    this.isOfRun = isOfRun;
    this.history = history;
    threads = new Threads(lock, classes, isOfRun);
  }

  /** Something has happened. */
  void moved() {
    movement++;
  }

  /** Counts what happens; the same again means that nothing has. */
  long movement() {
    return movement + threads.count();
  }

  /** Returns a larger number each time. */
  long tick() {
    return ++ticks;
  }

  /** So much more real time has passed, as the watcher sees. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the watcher writes it
  void lasts(long nanos) {
    lasted += Math.min(nanos, Limits.LOOK);
  }

  /**
   * Returns how long the run has lasted, in nanoseconds, while the machine did not stand still. It
   * grows as long as the watcher gets a core. Takes no lock.
   */
  long lasted() {
    return lasted;
  }

  void callWatcher() {
    changed.signal();
  }

  /** Waits until the watcher is called, and at most so many nanoseconds. */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  void awaitCall(long nanos) throws InterruptedException {
    changed.awaitNanos(nanos);
  }

  // The end.

  /** Takes no lock. */
  boolean isOver() {
    return over;
  }

  /** Returns where threads stand now, for a failure. */
  Snapshot snapshot() {
    return new Snapshot(threads.stream().toList(), isOfRun, clock.now());
  }

  /** Ends the run, if it is not over. Takes the lock. */
  void fail(Failure reason) {
    try (var _ = Held.hold(lock)) {
      if (!over) {
        failure = reason;
        end();
      }
    }
  }

  /** Has all threads unwind. Takes the lock. */
  void end() {
    try (var _ = Held.hold(lock)) {
      over = true;
      threads.stream().forEach(this::rouse);
      callWatcher();
    }
  }

  Outcome outcome(boolean reached, boolean clean) {
    return history.outcome(failure, threads.tasks(), reached, clean);
  }

  // Waking up.

  /** Has a thread look whether it has the turn, or the run is over. */
  void rouse(Participant sleeper) {
    if (sleeper.wait instanceof Wait.InMonitor wait) {
      Thread.ofVirtual().start(() -> stir(wait.key)); // who rouses may not take the monitor
    } else {
      sleeper.turn.signal();
    }
  }

  private void stir(Object monitor) {
    synchronized (monitor) {
      try (var _ = Held.hold(lock)) {
        threads.stream().filter(p -> p.waitsFor(monitor)).forEach(p -> p.wait.stir());
      }
      monitor.notifyAll();
    }
  }
}

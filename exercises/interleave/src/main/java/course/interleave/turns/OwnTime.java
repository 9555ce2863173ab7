package course.interleave.turns;

import course.interleave.schedule.Points;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads the run's own time and waits for it, for the current thread. Thread-safe. */
public final class OwnTime {
  /** Real time that never comes, in nanoseconds: a hundred years. */
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(36_525);

  private final RunState run;
  private final Turns turns;
  private final Waiting waiting;
  private final Points points;

  OwnTime(RunState run, Turns turns, Waiting waiting, Points points) {
    this.run = run;
    this.turns = turns;
    this.waiting = waiting;
    this.points = points;
  }

  /** Returns the nanoseconds since some moment, in the run's own time. */
  public long nanoTime() {
    turns.readClock();
    return run.clock.now() + 1; // 0 is what code often means as "not yet"
  }

  /** Returns whether so much time ever passes in a run. */
  public boolean comes(long nanos) {
    return run.clock.in(nanos) != Clock.NEVER;
  }

  /**
   * It waits until so much time has passed; if that is none, it goes on.
   *
   * @throws InterruptedException if it is interrupted meanwhile
   */
  public void sleep(long nanos, int call) throws InterruptedException {
    if (run.threads.me().isInitialising()) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } else if (nanos > 0) {
      waiting.await(new Wait.ForTime(), nanos, points.get(call));
    }
  }

  /** It waits for a permit. */
  public void park(Object blocker) {
    Participant me = run.threads.me();
    while (!mayGoOn(me)) {
      LockSupport.park(blocker);
    }
  }

  /** It waits for a permit, and at most so many nanoseconds. */
  public void park(long nanos, int call) {
    Participant me = run.threads.me();
    limit(me, nanos, call, true);
    park(null);
    endLimit(me);
  }

  private boolean mayGoOn(Participant me) {
    try (var _ = Held.hold(run.lock)) {
      return me.permit.take() || me.thread.isInterrupted() || run.isOver();
    }
  }

  /**
   * It makes a call of the JDK that takes at most so many nanoseconds.
   *
   * @param call is given how long it may take
   * @param ifRunOut what the call returns or throws if it has taken so long
   */
  public <T, E extends Exception> T timed(
      long nanos, int point, Timed<T, E> call, RunOut<T, E> ifRunOut)
      throws E, InterruptedException {
    if (nanos <= 0 || run.threads.me().isInitialising()) {
      return call.within(nanos);
    }
    Participant me = run.threads.me();
    limit(me, nanos, point, false);
    boolean ranOut = false;
    try {
      return call.within(FOR_EVER);
    } catch (InterruptedException e) {
      ranOut = endLimit(me);
      if (!ranOut) {
        throw e;
      }
    } finally {
      if (!ranOut && endLimit(me)) {
        Thread.interrupted(); // what it waited for came in time after all
      }
    }
    return ifRunOut.get();
  }

  private void limit(Participant me, long nanos, int call, boolean parks) {
    try (var _ = Held.hold(run.lock)) {
      me.limit.begin(points.get(call), run.clock.in(nanos), parks);
    }
  }

  private boolean endLimit(Participant me) {
    try (var _ = Held.hold(run.lock)) {
      return me.limit.finish();
    }
  }

  /** A call that takes a limited time. */
  @FunctionalInterface
  public interface Timed<T, E extends Exception> {
    T within(long nanos) throws E, InterruptedException;
  }

  /** What comes of it if the time has run out. */
  @FunctionalInterface
  public interface RunOut<T, E extends Exception> {
    T get() throws E;
  }
}

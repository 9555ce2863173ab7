package course.interleave.turns;

import course.interleave.schedule.Point;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Reads the run's own time and waits for it, for the current thread. Thread-safe. */
public final class OwnTime {
  /** Real time that never comes, in nanoseconds: a hundred years. */
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(36_525);

  private final RunState run;
  private final Turns turns;
  private final Waiting waiting;
  private final Scheduler.Model model;

  OwnTime(RunState run, Turns turns, Waiting waiting, Scheduler.Model model) {
    this.run = run;
    this.turns = turns;
    this.waiting = waiting;
    this.model = model;
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
      waiting.await(new Wait.ForTime(), nanos, model.points().get(call));
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
   * It makes a call that takes at most so many nanoseconds. If that calls a class of the run, the
   * class counts them by itself: it was rewritten as well.
   *
   * @param target what is called
   * @param method its method's name
   * @param call is given how long it may take
   * @param ifRunOut what the call returns or throws if it has taken so long
   */
  public <T, E extends Exception> T timed(
      Object target, String method, long nanos, int point, Timed<T, E> call, RunOut<T, E> ifRunOut)
      throws E, InterruptedException {
    return isOfRun(target, method) ? call.within(nanos) : timed(nanos, point, call, ifRunOut);
  }

  @SuppressWarnings("ReferenceEquality") // the same class loader
  private boolean isOfRun(Object target, String method) {
    return target.getClass().getClassLoader() == model.classes()
        && Stream.of(target.getClass().getMethods())
            .filter(m -> m.getName().equals(method))
            .filter(m -> List.of(m.getParameterTypes()).contains(long.class))
            .anyMatch(m -> m.getDeclaringClass().getClassLoader() == model.classes());
  }

  /** It makes a call of the JDK that takes at most so many nanoseconds; else as above. */
  public <T, E extends Exception> T timed(
      long nanos, int point, Timed<T, E> call, RunOut<T, E> ifRunOut)
      throws E, InterruptedException {
    if (nanos <= 0 || run.threads.me().isInitialising()) {
      return call.within(nanos);
    }
    Participant me = run.threads.me();
    limit(me, nanos, point, false);
    InterruptedException interrupt = null;
    boolean ranOut;
    try {
      return call.within(FOR_EVER);
    } catch (InterruptedException e) {
      interrupt = e;
    } finally {
      ranOut = endLimit(me);
      if (ranOut && interrupt == null) {
        Thread.interrupted(); // what it waited for came in time after all
      }
    }
    if (!ranOut) {
      throw interrupt;
    }
    return ifRunOut.get();
  }

  /**
   * Until the result is closed it waits in calls of the JDK, whose time limits are no matter: they
   * begin anew each time.
   */
  public Awaiting forEver() {
    Participant me = run.threads.me();
    try (var _ = Held.hold(run.lock)) {
      me.limit.begin(Point.RESUME, Clock.NEVER, false);
    }
    return () -> endLimit(me);
  }

  private void limit(Participant me, long nanos, int call, boolean parks) {
    try (var _ = Held.hold(run.lock)) {
      me.limit.begin(model.points().get(call), run.clock.in(nanos), parks);
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

package course.interleave.turns;

import course.interleave.schedule.Action;
import course.interleave.schedule.Choices;
import course.interleave.schedule.Points;
import course.interleave.schedule.Schedule;
import course.interleave.schedule.Use;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides in one run who goes when, as its schedule says. Thread-safe. */
public final class Scheduler {
  private final RunState run;
  private final Conductor conductor;
  private final Turns turns;
  private final Waiting waiting;
  private final Model model;

  /**
   * What the scheduler must know of the code that runs.
   *
   * @param classes loads it
   * @param points all of its points
   * @param isOwn whether a class of this name belongs to it, rather than to the JDK or a library
   * @param isUnderTest whether it has points
   * @param isUnsynchronised whether two threads must not use an object at once if one changes it
   * @param conflict whether two uses of such an object at once go wrong; may run code under test
   */
  public record Model(
      ClassLoader classes,
      Points points,
      Predicate<String> isOwn,
      Predicate<String> isUnderTest,
      Predicate<Object> isUnsynchronised,
      BiPredicate<Use, Use> conflict) {}

  /**
   * @param maximumArrivals how many arrivals at a point may be held in other runs
   */
  public Scheduler(Model model, Schedule schedule, int maximumArrivals) {
    this.model = model;
    var history = new History(new Choices(schedule), maximumArrivals);
    run = new RunState(model.classes(), model.isOwn(), history);
    conductor = new Conductor(run);
    turns = new Turns(run, conductor, model);
    waiting = new Waiting(run, conductor, turns);
  }

  /** Returns what the marks in the code under test call. */
  public Gate gate() {
    return new Gate(run, turns, waiting, model);
  }

  /**
   * Runs a task on a thread of its own, and returns when the run is over.
   *
   * @throws InterruptedException if the current thread is interrupted; the run is over then too
   */
  public void conduct(String name, Callable<?> task, Pace pace, boolean threadsMayRemain)
      throws InterruptedException {
    Participant first = make(Thread.ofVirtual().name(name), name, task);
    run.lock.lock();
    try {
      conductor.begin(first);
      first.thread.start();
      new Watcher(run, conductor, pace, threadsMayRemain).watch();
    } finally {
      run.end();
      run.lock.unlock();
    }
  }

  /** Starts a thread whose first point is its start. Called by a thread of the run. */
  public Thread start(Thread.Builder builder, String name, Callable<?> task) {
    var start = model.points().at(name, 0, 1, Action.START, "");
    Participant participant =
        make(
            builder,
            name,
            () -> {
              turns.arrive(new Use(start, null, null, null));
              return task.call();
            });
    turns.enrol(participant, start);
    participant.thread.start();
    turns.letStartedGoFirst(true);
    return participant.thread;
  }

  private Participant make(Thread.Builder builder, String name, Callable<?> task) {
    Thread thread =
        builder.unstarted(() -> {
          try {
            task.call();
          } catch (Throwable thrown) {
            if (!RunOver.unwinds(thrown, run)) {
              run.fail(new Failure.Thrown(name, thrown));
            }
          } finally {
            turns.ended(run.threads.me());
          }
        });
    thread.setContextClassLoader(model.classes());
    return run.threads.register(thread);
  }

  /** Waits until all threads that were started here have ended. Called by a thread of the run. */
  public void join() {
    turns.awaitTasks();
  }

  /** Returns how long the run has lasted, in nanoseconds; it grows only while it is watched. */
  public long lasted() {
    return run.lasted();
  }

  /** Ends the run from outside, if it is not over. */
  public void giveUp() {
    try (var _ = Held.hold(run.lock)) {
      run.fail(run.snapshot().noProgress());
    }
  }

  /**
   * Interrupts what is left of the run, and gives it a moment to end. What does not can pass no
   * more points.
   */
  public void interruptRest() throws InterruptedException {
    List<Thread> rest =
        threads()
            .filter(p -> p.isAlive() && !PlatformThreads.isNobodys(p.thread))
            .map(p -> p.thread)
            .toList();
    rest.forEach(Thread::interrupt);
    long end = System.nanoTime() + Limits.MOMENT_TO_END;
    for (Thread thread : rest) {
      thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  /** Returns whether no thread can come back to the classes of this run. */
  public boolean isClean() {
    return threads().allMatch(p -> !p.isAlive() || isIdleInPool(p));
  }

  private boolean isIdleInPool(Participant p) {
    return PlatformThreads.isNobodys(p.thread)
        && p.state == Participant.State.FREE
        && !run.threads.isInOwnCode(p);
  }

  private Stream<Participant> threads() {
    try (var _ = Held.hold(run.lock)) {
      return run.threads.stream().toList().stream();
    }
  }

  /** Returns what came of the run, as far as it got. */
  public Outcome outcome(boolean reached, boolean clean) {
    try (var _ = Held.hold(run.lock)) {
      return run.outcome(reached, clean);
    }
  }
}

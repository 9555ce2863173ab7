package course.interleave;

import course.interleave.schedule.Action;
import course.interleave.schedule.Point;

/**
 * One run of a scenario under a {@link Schedule}: starts its threads, has the {@link Watcher} see
 * it to its end, and clears up.
 */
final class Execution implements Run {
  private final CodeUnderTest code;
  private final RunClasses classes;
  private final Turns turns;
  private final RunHooks hooks;
  private volatile RuntimeException misuse;

  Execution(CodeUnderTest code, RunClasses classes, Settings settings, Schedule schedule) {
    this.code = code;
    this.classes = classes;
    turns = new Turns(code, classes, new RunLog(new Choices(schedule), settings.arrivals));
    hooks = new RunHooks(code, turns);
  }

  /** Runs the scenario to its end, and leaves nothing of it behind that could pass a point. */
  Outcome conduct(Transfer scenario, boolean threadsMayRemain, Pace pace)
      throws InterruptedException {
    classes.tell(hooks);
    Participant body =
        task(Thread.ofVirtual().name("scenario"), "scenario", () -> read(scenario).run(this));
    turns.lock.lock();
    try {
      turns.begin(body);
      body.thread.start();
      new Watcher(turns, code, pace, threadsMayRemain).watch(body);
    } finally {
      turns.end();
      turns.lock.unlock();
    }
    cleanUp();
    if (misuse != null) {
      throw misuse;
    }
    return turns.outcome(hooks.haveBeenReached(), isClean());
  }

  /** Ends the run from outside, if it is not over. */
  void giveUp() {
    turns.lock.lock();
    try {
      turns.fail(Report.noProgress(turns.threads.all, code));
    } finally {
      turns.lock.unlock();
    }
  }

  /** Returns what came of the run, as far as it got. */
  Outcome outcome() {
    return turns.outcome(hooks.haveBeenReached(), false);
  }

  private Scenario read(Transfer scenario) throws ReflectiveOperationException {
    try {
      return scenario.into(classes);
    } catch (IllegalArgumentException e) {
      misuse = e;
      throw e;
    }
  }

  @Override
  public Thread thread(String name, Task task) {
    return start(Thread.ofVirtual().name(name), name, task);
  }

  @Override
  public Thread platformThread(String name, Task task) {
    return start(Thread.ofPlatform().daemon().name(name), name, task);
  }

  private Thread start(Thread.Builder builder, String name, Task task) {
    Point start = code.points().at(name, 0, 1, Action.START, "");
    Participant participant =
        task(
            builder,
            name,
            () -> {
              turns.arrive(start, null);
              task.run();
            });
    turns.enrol(participant, start);
    participant.thread.start();
    turns.letStartedGoFirst();
    return participant.thread;
  }

  private Participant task(Thread.Builder builder, String name, Task task) {
    Thread thread =
        builder.unstarted(() -> {
          try {
            task.run();
          } catch (RunOver e) {
            // Nobody waits for it any more.
          } catch (Throwable thrown) {
            turns.fail(name, thrown);
          } finally {
            turns.ended(turns.threads.me());
          }
        });
    thread.setContextClassLoader(classes);
    return turns.threads.register(thread);
  }

  @Override
  public void join() {
    turns.awaitTasks();
  }

  /** Interrupts and closes what is left, so that it ends; what does not can pass no more points. */
  private void cleanUp() {
    hooks.closeResources();
    for (Participant p : turns.threads.snapshot()) {
      if (!p.hasEnded() && !p.belongsToForkJoinPool()) {
        p.thread.interrupt();
      }
    }
  }

  /** Returns whether no thread can come back to this run's classes. */
  private boolean isClean() {
    return turns.threads.snapshot().stream().allMatch(p -> p.hasEnded() || p.isIdleInPool(code));
  }
}

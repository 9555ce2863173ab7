package course.interleave;

/**
 * One run of a scenario under a {@link Schedule}: starts its threads, has the {@link Watcher} see
 * it to its end, and clears up.
 */
final class Execution implements Run {
  private final CodeUnderTest code;
  private final RunClasses classes;
  private final ThreadGroup group = new Group();
  private final Turns turns;
  private final RunHooks hooks;
  private volatile RuntimeException misuse;

  Execution(CodeUnderTest code, RunClasses classes, Settings settings, Schedule schedule) {
    this.code = code;
    this.classes = classes;
    turns = new Turns(code, new RunLog(new Choices(schedule), settings.arrivals), group);
    hooks = new RunHooks(code, turns);
  }

  /** Runs the scenario to its end, and leaves nothing of it behind that could pass a point. */
  Outcome conduct(Transfer scenario, boolean threadsMayRemain, Pace pace)
      throws InterruptedException {
    classes.tell(hooks);
    Participant body =
        task(
            Thread.ofPlatform().group(group).daemon().name("scenario"),
            "scenario",
            () -> read(scenario).run(this));
    turns.lock.lock();
    try {
      turns.begin(body);
      body.thread.start();
      new Watcher(turns, group, code, pace, threadsMayRemain).watch(body);
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
    return start(Thread.ofPlatform().group(group).daemon().name(name), name, task);
  }

  @Override
  public Thread virtualThread(String name, Task task) {
    return start(Thread.ofVirtual().name(name), name, task);
  }

  private Thread start(Thread.Builder builder, String name, Task task) {
    Point start = code.point(name, 0, 1, Point.Kind.START, "start");
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
            fail(name, thrown);
          } finally {
            turns.ended(turns.threads.me());
          }
        });
    thread.setContextClassLoader(classes);
    return turns.threads.register(thread);
  }

  private void fail(String thread, Throwable thrown) {
    turns.fail(thread + " failed: " + Report.oneLine(thrown), thrown);
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

  /** Its threads' failures reach the run. */
  private final class Group extends ThreadGroup {
    Group() {
      super("interleave");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      if (!(thrown instanceof RunOver) && !Resources.isPoolsBusiness(thrown, code)) {
        fail(turns.threads.me().name, thrown);
      }
    }
  }
}

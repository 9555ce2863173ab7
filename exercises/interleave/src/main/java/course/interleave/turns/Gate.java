package course.interleave.turns;

import course.interleave.schedule.Use;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the marked code of one run tells of the thread that runs it. Thread-safe. */
public final class Gate {
  /** A wait without a time limit, in nanoseconds. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  private final RunState run;
  private final Turns turns;
  private final Waiting waiting;
  private final OwnTime time;
  private final Conditions conditions;
  private final Scheduler.Model model;
  private final Resources resources = new Resources();
  private final Views views = new Views();
  private volatile boolean reached;

  Gate(RunState run, Turns turns, Waiting waiting, Scheduler.Model model) {
    this.run = run;
    this.turns = turns;
    this.waiting = waiting;
    this.model = model;
    time = new OwnTime(run, turns, waiting, model);
    conditions = new Conditions(run, waiting, time, model.points());
  }

  /** Returns what the thread does that has to do with time. */
  public OwnTime time() {
    return time;
  }

  /** Returns what it does with conditions of locks. */
  public Conditions conditions() {
    return conditions;
  }

  /** A method under test was entered. */
  public void reached() {
    reached = true;
    if (Thread.currentThread() instanceof ForkJoinWorkerThread worker) {
      adopt(worker);
    }
  }

  /** What it looks up by name belongs to the run. The JDK's own pool takes that back by itself. */
  @SuppressWarnings("ReferenceEquality") // the same class loader
  private void adopt(ForkJoinWorkerThread worker) {
    if (worker.getContextClassLoader() != model.classes()) {
      worker.setContextClassLoader(model.classes());
    }
  }

  /** Returns whether any method under test was entered. */
  public boolean hasBeenReached() {
    return reached;
  }

  /**
   * It is about to do what the point with this number describes, to the target if there is one, and
   * with the argument if that matters.
   */
  public void arrive(Object target, Object argument, int point) {
    used(target);
    turns.arrive(new Use(model.points().get(point), target, views.viewedBy(target), argument));
  }

  /** A call on the other, or with it, has returned the one, which is a view of it. */
  public void isView(Object view, Object of) {
    views.add(view, of);
  }

  /** It has taken the monitor. */
  public void entered(Object monitor) {
    run.threads.entered(monitor);
  }

  /** It is about to give the monitor back. */
  public void exiting(Object monitor) {
    run.threads.exiting(monitor);
  }

  /** It goes back to the beginning of a loop. */
  public void looping() {
    turns.loop();
  }

  /** A timer of the JDK's may be told to do something later. */
  public void later() {
    run.threads.timersWake();
  }

  /** It begins (+1) or ends (-1) a static initialiser. */
  public void initialising(int change) {
    run.threads.me().initialising(change);
  }

  /** It has caught this: what ends a thread is not for the code under test to catch. */
  public void caught(Throwable thrown) {
    if (thrown instanceof RunOver over) {
      throw over;
    }
  }

  /** It dies of this. */
  public void uncaught(Throwable thrown) {
    if (!RunOver.unwinds(thrown, run) && !isPoolsBusiness(thrown)) {
      run.fail(new Failure.Thrown(run.threads.me().name, thrown));
    }
  }

  /**
   * Returns whether an exception is one that the scenario throws on purpose in a task of one of the
   * JDK's pools: those replace the thread that dies of it.
   */
  private boolean isPoolsBusiness(Throwable thrown) {
    boolean inPool = false;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      inPool |= frame.getClassName().equals(ThreadPoolExecutor.class.getName());
    }
    return inPool
        && thrown.getStackTrace().length > 0
        && !model.isUnderTest().test(thrown.getStackTrace()[0].getClassName())
        && model.isOwn().test(thrown.getStackTrace()[0].getClassName());
  }

  // Other threads.

  /** Starts a thread. */
  public void start(Thread thread) {
    run.threads.starting(thread);
    thread.start();
    turns.letStartedGoFirst(false);
  }

  /** The thread is about to be given a permit to go on past a {@code park}. */
  public void unparking(Thread thread) {
    run.threads.unparking(thread);
  }

  /** The thread is about to be interrupted. */
  public void interrupting(Thread thread) {
    waiting.interrupting(thread);
  }

  /** Returns a factory that tells of the threads that it makes. */
  public ThreadFactory factory(ThreadFactory factory) {
    return task -> {
      Thread thread = factory.newThread(task);
      if (thread != null) {
        run.threads.register(thread);
      }
      return thread;
    };
  }

  // Waiting.

  /**
   * It waits in a monitor, and takes it back at the point.
   *
   * @throws InterruptedException if it is interrupted meanwhile
   */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public void await(Object monitor, long nanos, int reacquire) throws InterruptedException {
    boolean wokenByTheJvm = monitor instanceof Thread; // when it ends
    if (Thread.holdsLock(monitor) && !wokenByTheJvm && !run.threads.me().isInitialising()) {
      waiting.await(new Wait.InMonitor(monitor, model.points().get(reacquire)), nanos);
    } else if (nanos == NO_LIMIT) {
      monitor.wait();
    } else {
      time.timed(
          nanos,
          reacquire,
          n -> {
            TimeUnit.NANOSECONDS.timedWait(monitor, n);
            return true;
          },
          () -> false);
    }
  }

  /** It waits, for so many permits of a semaphore or for a latch, until the result is closed. */
  public Awaiting awaiting(Object synchronizer, int permits) {
    return waiting.in(synchronizer, permits);
  }

  /** Wakes one thread that waits in the monitor. */
  public void notifyOne(Object monitor) {
    if (!Thread.holdsLock(monitor) || !waiting.notifyOne(monitor)) {
      monitor.notify();
    }
  }

  /** Wakes all threads that wait in the monitor. */
  public void notifyEach(Object monitor) {
    if (!Thread.holdsLock(monitor) || !waiting.wakeAll(monitor)) {
      monitor.notifyAll();
    }
  }

  // Resources.

  /** The object may have to be closed when the run is given up. */
  public void used(Object resource) {
    if (resources.add(resource) && !(resource instanceof ExecutorService)) {
      run.threads.kernelWakes();
    }
  }

  /**
   * Closes what would keep threads alive.
   *
   * @throws InterruptedException if the current thread is interrupted meanwhile
   */
  public void closeResources() throws InterruptedException {
    resources.close();
  }
}

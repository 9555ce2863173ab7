package course.interleave.turns;

import course.interleave.schedule.Point;
import course.interleave.schedule.Use;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What the marked code of one run tells of the thread that runs it. Thread-safe. */
public final class Gate {
  /** A wait without a time limit, in nanoseconds. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  private final RunState run;
  private final Turns turns;
  private final Waiting waiting;
  private final OwnTime time;
  private final Scheduler.Model model;
  private final Resources resources = new Resources();
  private final Views views = new Views();
  private final Map<Condition, ReentrantLock> locks = new ConcurrentHashMap<>();
  private volatile boolean reached;

  Gate(RunState run, Turns turns, Waiting waiting, Scheduler.Model model) {
    this.run = run;
    this.turns = turns;
    this.waiting = waiting;
    this.model = model;
    time = new OwnTime(run, turns, waiting, model.points());
  }

  /** Returns what the thread does that has to do with time. */
  public OwnTime time() {
    return time;
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

  /** Returns a new condition of the lock. */
  public Condition condition(Lock lock) {
    Condition condition = lock.newCondition();
    if (lock.getClass() == ReentrantLock.class && !((ReentrantLock) lock).isFair()) {
      locks.put(condition, (ReentrantLock) lock); // others choose by themselves who goes first
    }
    return condition;
  }

  /**
   * It waits in a monitor, and takes it back at the point.
   *
   * @throws InterruptedException if it is interrupted meanwhile
   */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public void await(Object monitor, long nanos, int reacquire) throws InterruptedException {
    boolean wokenByTheJvm = monitor instanceof Thread; // when it ends
    if (Thread.holdsLock(monitor) && !wokenByTheJvm && !isInitialising()) {
      Point point = model.points().get(reacquire);
      waiting.await(new Wait.InMonitor(monitor, point), nanos, timedCall(point));
    } else if (nanos == NO_LIMIT) {
      monitor.wait();
    } else {
      time.timed(nanos, reacquire, n -> timedWait(monitor, n), () -> false);
    }
  }

  private static boolean timedWait(Object monitor, long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
    return true;
  }

  /**
   * It waits for a condition, and takes its lock back at the point.
   *
   * @return whether it was woken in time
   * @throws InterruptedException if it is interrupted meanwhile
   */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public boolean await(Condition condition, long nanos, int reacquire) throws InterruptedException {
    ReentrantLock lock = heldLock(condition);
    if (lock != null && !isInitialising()) {
      Point point = model.points().get(reacquire);
      var wait = new Wait.ForCondition(condition, lock, point, true);
      return waiting.await(wait, nanos, timedCall(point));
    }
    if (nanos == NO_LIMIT) {
      condition.await();
      return true;
    }
    return time.timed(nanos, reacquire, n -> condition.awaitNanos(n) > 0, () -> false);
  }

  /** It waits for a condition whatever interrupts it, and takes its lock back at the point. */
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public void awaitUninterruptibly(Condition condition, int reacquire) {
    ReentrantLock lock = heldLock(condition);
    if (lock == null || isInitialising()) {
      condition.awaitUninterruptibly();
      return;
    }
    Point point = model.points().get(reacquire);
    var wait = new Wait.ForCondition(condition, lock, point, false);
    try {
      waiting.await(wait, NO_LIMIT, timedCall(point));
    } catch (InterruptedException e) {
      throw new IllegalStateException("a wait that no interrupt ends was ended by one", e);
    }
  }

  /** Returns the call in which it waits, which is its last point if it is under test. */
  private Point timedCall(Point reacquires) {
    return reacquires.isAnywhere() ? reacquires : run.threads.me().at;
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

  /** Wakes one thread that waits for the condition. */
  public void signal(Condition condition) {
    ReentrantLock lock = heldLock(condition);
    boolean isKnown = lock != null && !lock.hasWaiters(condition); // in a way that is not known
    if (!isKnown || !waiting.signal(condition)) {
      condition.signal();
    }
  }

  /** Wakes all threads that wait for the condition. */
  public void signalAll(Condition condition) {
    if (heldLock(condition) != null) {
      waiting.wakeAll(condition);
    }
    condition.signalAll(); // for those that wait in a way that is not known
  }

  private boolean isInitialising() {
    return run.threads.me().isInitialising();
  }

  /**
   * Returns a condition's lock; null if it is not known, or the current thread does not hold it.
   */
  private ReentrantLock heldLock(Condition condition) {
    ReentrantLock lock = locks.get(condition);
    return lock != null && lock.isHeldByCurrentThread() ? lock : null;
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

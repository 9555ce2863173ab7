package course.interleave;

import course.interleave.marks.Hooks;
import course.interleave.schedule.Point;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What the marked code of one run tells, passed on to the {@link Turns}. Thread-safe. */
final class RunHooks implements Hooks {
  private final CodeUnderTest code;
  private final Turns turns;
  private final Set<Object> resources = ConcurrentHashMap.newKeySet();
  private final Map<Condition, ReentrantLock> locks = new ConcurrentHashMap<>();
  private volatile boolean reached;

  RunHooks(CodeUnderTest code, Turns turns) {
    this.code = code;
    this.turns = turns;
  }

  @Override
  public void reached() {
    reached = true;
  }

  boolean haveBeenReached() {
    return reached;
  }

  @Override
  public void arrive(int point) {
    turns.arrive(code.points().get(point), null);
  }

  @Override
  public void arrive(Object target, int point) {
    used(target);
    turns.arrive(code.points().get(point), target);
  }

  @Override
  public void entering(Object monitor, int point) {
    turns.arrive(code.points().get(point), monitor);
  }

  @Override
  public void entered(Object monitor) {
    turns.threads.entered(monitor);
  }

  @Override
  public void exiting(Object monitor) {
    turns.threads.exiting(monitor);
  }

  @Override
  public void caught(Throwable thrown) {
    if (thrown instanceof RunOver over) {
      throw over;
    }
  }

  @Override
  public void looping() {
    turns.loop();
  }

  @Override
  public void timed(long nanos) {
    turns.timed(nanos);
  }

  @Override
  public void later() {
    turns.threads.timersWake = true;
  }

  @Override
  public void initialising(int change) {
    turns.threads.me().initialising += change;
  }

  @Override
  public void starting(Thread thread) {
    turns.threads.starting(thread);
  }

  @Override
  public void started(Thread thread) {
    turns.letStartedGoFirst();
  }

  @Override
  public Condition condition(Lock lock) {
    Condition condition = lock.newCondition();
    if (lock.getClass() == ReentrantLock.class && !((ReentrantLock) lock).isFair()) {
      locks.put(condition, (ReentrantLock) lock); // others choose by themselves who goes first
    }
    return condition;
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public void await(Object monitor, long nanos, int reacquire) throws InterruptedException {
    boolean wokenByTheJvm = monitor instanceof Thread; // when it ends
    if (Thread.holdsLock(monitor) && !wokenByTheJvm && !isInitialising()) {
      turns.await(new WaitSet.OfMonitor(monitor), nanos, point(reacquire));
    } else if (nanos == WaitSet.NO_LIMIT) {
      monitor.wait();
    } else {
      TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
    }
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // it is the caller's
  public boolean await(Condition condition, long nanos, int reacquire) throws InterruptedException {
    ReentrantLock lock = heldLock(condition);
    if (lock != null && !isInitialising()) {
      var set = new WaitSet.OfCondition(condition, lock, lock.getHoldCount());
      return turns.await(set, nanos, point(reacquire));
    }
    if (nanos == WaitSet.NO_LIMIT) {
      condition.await();
      return true;
    }
    return condition.awaitNanos(nanos) > 0;
  }

  private Point point(int reacquire) {
    return code.points().get(reacquire);
  }

  @Override
  public boolean notifyOne(Object monitor) {
    return Thread.holdsLock(monitor) && turns.notifyOne(monitor);
  }

  @Override
  public boolean notifyEach(Object monitor) {
    return Thread.holdsLock(monitor) && turns.wakeAll(monitor);
  }

  @Override
  public boolean signal(Condition condition) {
    ReentrantLock lock = heldLock(condition);
    return lock != null
        && !lock.hasWaiters(condition) // in a way that is not known
        && turns.signal(condition);
  }

  @Override
  public void signalAll(Condition condition) {
    if (heldLock(condition) != null) {
      turns.wakeAll(condition);
    }
    condition.signalAll(); // for those that wait in a way that is not known
  }

  private boolean isInitialising() {
    return turns.threads.me().initialising > 0;
  }

  /**
   * Returns a condition's lock; null if it is not known, or the current thread does not hold it.
   */
  private ReentrantLock heldLock(Condition condition) {
    ReentrantLock lock = locks.get(condition);
    return lock != null && lock.isHeldByCurrentThread() ? lock : null;
  }

  @Override
  public void unparking(Thread thread) {
    turns.threads.unparking(thread);
  }

  @Override
  public ThreadFactory factory(ThreadFactory factory) {
    return task -> {
      Thread thread = factory.newThread(task);
      if (thread != null) {
        turns.threads.register(thread);
      }
      return thread;
    };
  }

  @Override
  public void used(Object resource) {
    if (Resources.mustBeClosed(resource)) {
      resources.add(resource);
      if (!(resource instanceof ExecutorService)) {
        turns.threads.kernelWakes = true;
      }
    }
  }

  /** The current thread dies of this. */
  void uncaught(Throwable thrown) {
    if (!(thrown instanceof RunOver) && !Resources.isPoolsBusiness(thrown, code)) {
      turns.fail(turns.threads.me().name, thrown);
    }
  }

  /** Closes what would keep threads alive. */
  void closeResources() {
    resources.forEach(Resources::close);
  }
}

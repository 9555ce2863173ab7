package course.interleave;

import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A thread of a run. Guarded by the run's lock, unless it says otherwise. */
final class Participant {
  /** What the run knows for sure; whether a thread that is {@code FREE} can move is looked at. */
  enum State {
    /** Goes on by itself, at most to its next point. */
    FREE,
    /** Waits at a point for its turn. */
    READY,
    /** Held at a point until no other can move. */
    HELD,
    /** Waits in {@link Run#join}. */
    JOINING,
    ENDED
  }

  /**
   * Methods of the JDK in which a platform thread waits for the kernel while it counts as running.
   */
  private static final Set<String> KERNEL_WAITS =
      Set.of(
          "poll",
          "accept",
          "accept0",
          "read0",
          "readBytes",
          "readBytes0",
          "read",
          "connect0",
          "wait",
          "select",
          "receive0",
          "pollConnect",
          "pollConnectNow",
          "write0",
          "waitForMultipleObjects");

  private static final Pattern UNNAMED = Pattern.compile("(Thread-\\d+)?");
  private static final Pattern IN_POOL = Pattern.compile("^pool-\\d+-thread-");

  final Thread thread;
  final int number;
  final String name;
  final Condition turn;

  State state = State.FREE;
  Point at;
  Object target;
  long heldSince;
  int streak; // points passed in this turn
  boolean mayHaveWoken; // others, since its last point
  Object released; // the lock that it gave back since its last point, or null
  boolean waitsForRelease; // of a lock, at its point
  boolean isTask; // one that Run.join waits for
  boolean spins; // used up its last turn
  WaitSet waitsIn; // until it has taken back the lock that it gave away; else null
  long waitsSince;
  boolean woken; // by another of the run, or because its time has passed
  boolean stirred; // it may have woken up though nobody meant it
  boolean interrupted; // after it was woken: that is for later
  private Point reacquires; // its point when it is woken
  boolean permit; // to go on past its next LockSupport.park
  int unwound;
  long deadline; // until when its present call lasts, as System.nanoTime; 0 if not known

  private boolean holdsTarget; // a lock that it is about to take again

  /** The monitors that it holds, last first. */
  final Deque<Object> monitors = new ArrayDeque<>();

  /** How many static initialisers it is in; used by the thread itself. */
  int initialising;

  /** How often it went back to the beginning of a loop; used by the thread itself. */
  int loops;

  Participant(Thread thread, int number, Condition turn) {
    this.thread = thread;
    this.number = number;
    this.turn = turn;
    // The JDK's own names count through all runs.
    name =
        UNNAMED.matcher(thread.getName()).matches()
            ? "thread-" + number
            : IN_POOL.matcher(thread.getName()).replaceFirst("pool-thread-");
    if (thread.getName().isEmpty()) {
      thread.setName(name); // a lock says who holds it by that name only
    }
  }

  /** Once it has, it stays so. */
  boolean hasStarted() {
    return thread.getState() != Thread.State.NEW;
  }

  boolean hasEnded() {
    return state == State.ENDED || thread.getState() == Thread.State.TERMINATED;
  }

  boolean waitsForKernel() {
    if (thread.getState() != Thread.State.RUNNABLE || thread.isVirtual()) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].isNativeMethod()
        && (stack[0].getClassName().startsWith("sun.nio.")
            || stack[0].getClassName().startsWith("java.io."))
        && KERNEL_WAITS.contains(stack[0].getMethodName());
  }

  /** Called by the thread itself. */
  void arriveAt(Point point, Object on) {
    state = State.FREE;
    at = point;
    target = on;
    deadline = 0;
    holdsTarget = on instanceof ReentrantLock lock && lock.isHeldByCurrentThread();
  }

  /** It gives a lock away. */
  void beginWait(WaitSet set, Point reacquire, long now) {
    waitsIn = set;
    waitsSince = now;
    reacquires = reacquire;
    woken = false;
  }

  /** It is woken, by whomever: what it does next is to take the lock back. */
  void wakeUp() {
    woken = true;
    state = State.READY;
    at = reacquires;
    target = waitsIn.lock();
    deadline = 0;
    holdsTarget = false;
    waitsForRelease = true;
  }

  /** Called by the thread itself: it may see now that it was interrupted. */
  void restoreInterrupt() {
    if (interrupted) {
      interrupted = false;
      thread.interrupt();
    }
  }

  /** Whether another of the run can wake it through this object. */
  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  boolean waitsFor(Object key) {
    return waitsIn != null && !woken && waitsIn.key() == key;
  }

  /** Whether it waits where only the run wakes it, and has not done so. */
  boolean waitsForWakeUp() {
    return waitsIn != null && !woken && waits() && !thread.isInterrupted();
  }

  /** Whether it waits in a monitor, or is woken and about to take it back. */
  @SuppressWarnings("ReferenceEquality") // the same monitor, not an equal one
  boolean sleepsIn(Object monitor) {
    return waitsIn instanceof WaitSet.OfMonitor && waitsIn.key() == monitor;
  }

  /** Whether it is about to take a monitor. */
  boolean isAboutToEnter() {
    return at.action() == Action.ENTER || waitsIn instanceof WaitSet.OfMonitor;
  }

  /** Whether it is about to take a lock that it does not hold yet, and will wait for it. */
  boolean isAboutToLock() {
    return (waitsIn instanceof WaitSet.OfCondition || at.action() == Action.LOCK)
        && !holdsTarget
        && target.getClass() == ReentrantLock.class;
  }

  boolean isAboutToUnlock() {
    return at.action() == Action.UNLOCK;
  }

  @SuppressWarnings("ReferenceEquality") // the same lock, not an equal one
  boolean waitsForLock(Object lock) {
    return target == lock && (isAboutToEnter() || isAboutToLock());
  }

  @SuppressWarnings("ReferenceEquality") // the same monitor, not an equal one
  boolean holdsMonitor(Object monitor) {
    boolean gaveItAway =
        waitsIn != null
            ? waitsIn.lock() == monitor
            : state == State.FREE && isInWait() && target == monitor;
    return !gaveItAway && monitors.stream().anyMatch(held -> held == monitor);
  }

  /** Whether it and another are about to use the same object, and one of them changes it. */
  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  boolean conflictsWith(Participant other) {
    return other != this
        && other.target == target
        && at.action().usesTarget()
        && other.at.action().usesTarget()
        && (at.action() == Action.CHANGE || other.at.action() == Action.CHANGE);
  }

  /** Whether its last point is a call of {@link Object#wait}, which gives the monitor away. */
  boolean isInWait() {
    return at != null && at.action() == Action.WAIT;
  }

  /** Whether its last point is a call by which it waits for a permit. */
  boolean isAboutToPark() {
    return at != null && at.action() == Action.PARK;
  }

  /** Passes such a point with the permit that it was given meanwhile, if any. */
  void takePermit() {
    if (permit && isAboutToPark()) {
      permit = false;
      LockSupport.unpark(thread);
    }
  }

  boolean waits() {
    return thread.getState() == Thread.State.WAITING || waitsWithTimeLimit();
  }

  boolean waitsWithTimeLimit() {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  /** Whether the end of its wait is known to be so far away. */
  boolean waitsLongerThan(long nanos) {
    return deadline != 0 && waitsWithTimeLimit() && deadline - System.nanoTime() > nanos;
  }

  /** The pool that the whole JVM shares is nobody's to close, and idle workers of one end. */
  boolean belongsToForkJoinPool() {
    return thread instanceof ForkJoinWorkerThread || PlatformThreads.isTimer(thread);
  }

  /** Whether it is such a thread and has nothing to do that the run has told it to. */
  boolean isIdleInPool(CodeUnderTest code) {
    return belongsToForkJoinPool()
        && state == State.FREE
        && Stream.of(thread.getStackTrace()).noneMatch(f -> code.reloads(f.getClassName()));
  }
}

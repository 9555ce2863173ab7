package course.interleave.turns;

import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import course.interleave.schedule.Use;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * A thread of a run: where it stands, and what it holds and waits for. Guarded by the lock of the
 * run, unless it says otherwise. Its fields are written here only.
 */
final class Participant {
  /** What the run knows for sure; whether a thread that is {@code FREE} can move is looked at. */
  enum State {
    /** Goes on by itself, at most to its next point. */
    FREE,
    /** Waits at a point for its turn. */
    READY,
    /** Held at a point until no other can move. */
    HELD,
    /** Waits for the threads that the scenario has started. */
    JOINING,
    ENDED
  }

  private static final Pattern UNNAMED = Pattern.compile("(Thread-\\d+)?"); // numbers go on and on
  private static final Pattern IN_POOL = Pattern.compile("^pool-\\d+-thread-");

  final Thread thread;
  final int number;
  final String name;
  final Condition turn;
  final Monitors monitors = new Monitors();
  final TimeLimit limit = new TimeLimit();
  final Permit permit = new Permit();
  final Awaited awaited = new Awaited();

  // Where it stands.
  State state = State.FREE;
  Point at;
  Object target; // what it is about to use there, or null
  Use use; // all that is known of what it is about to do, or null
  private boolean holdsTarget; // a lock that it is about to take again
  boolean waitsForRelease; // of a lock, at its point
  long heldSince;
  boolean isTask; // one that a scenario's join waits for

  // Its turn.
  int streak; // points passed in this turn
  boolean spins; // used up its last turn

  // What it waits for.
  Wait wait; // until it has taken back the lock that it gave away; else null

  // Used by the thread itself alone.
  private int initialising; // how many static initialisers it is in
  private int loops; // how often it went back to the beginning of one
  private int clockReads; // in this turn; read by others while it has none
  private int unwound;

  Participant(Thread thread, int number, Condition turn) {
    this.thread = thread;
    this.number = number;
    this.turn = turn;
    String given = thread.getName().replaceAll("\\R", " ");
    name =
        UNNAMED.matcher(given).matches()
            ? "thread-" + number
            : IN_POOL.matcher(given).replaceFirst("pool-thread-");
    if (thread.getName().isEmpty()) {
      thread.setName(name); // a lock says who holds it by that name only
    }
  }

  // Where it stands.

  /** It is not started yet, and ready at its first point. */
  void enrol(Point start) {
    at = start;
    state = State.READY;
    isTask = true;
  }

  void arriveAt(Use use) {
    state = State.FREE;
    at = use.point();
    target = use.target();
    this.use = use;
    holdsTarget = Monitors.isPlainLock(target) && ((ReentrantLock) target).isHeldByCurrentThread();
  }

  /** What it did at its last point is no longer about to be done. */
  void leavePoint() {
    target = null;
    use = null;
  }

  void stand(State next) {
    state = next;
  }

  void hold(long since) {
    state = State.HELD;
    heldSince = since;
  }

  /** It goes on once what it is about to take is given back. */
  void awaitRelease() {
    state = State.READY;
    waitsForRelease = true;
  }

  void takeTurn() {
    state = State.FREE;
    waitsForRelease = false;
    spins = false;
    streak = 0;
    clockReads = 0;
  }

  boolean isAlive() {
    return state != State.ENDED && thread.isAlive();
  }

  void passPoints(int count) {
    streak += count;
  }

  void spins(boolean does) {
    spins = does;
  }

  /** Returns whether it has gone so often round a loop that somebody should look. */
  boolean loopsOn() {
    return ++loops % Limits.LOOPS == 0;
  }

  @SuppressWarnings("ReferenceEquality") // the same monitor, not an equal one
  boolean holdsMonitor(Object monitor) {
    boolean gaveItAway =
        wait != null
            ? wait.lock == monitor
            : state == State.FREE && isAt(Action.WAIT) && target == monitor;
    return !gaveItAway && monitors.hold(monitor);
  }

  /** Returns whether its last point is such an action. */
  boolean isAt(Action action) {
    return at != null && at.action() == action;
  }

  /** Returns whether it is about to take a monitor. */
  boolean isAboutToEnter() {
    return isAt(Action.ENTER) || wait instanceof Wait.InMonitor;
  }

  /** Returns whether it is about to take a lock that it does not hold yet, and will wait for it. */
  boolean isAboutToLock() {
    return (isAt(Action.LOCK) || wait instanceof Wait.ForCondition)
        && !holdsTarget
        && Monitors.isPlainLock(target);
  }

  @SuppressWarnings("ReferenceEquality") // the same lock, not an equal one
  boolean waitsForLock(Object lock) {
    return target == lock && (isAboutToEnter() || isAboutToLock());
  }

  /** It gives a lock away. */
  void beginWait(Wait begun) {
    wait = begun;
  }

  /** Called by the thread itself: it learns now of an interrupt that came after it was woken. */
  void endWait() {
    if (wait.interrupted) {
      thread.interrupt();
    }
    wait = null;
  }

  /** It is woken, by whomever: what it does next is to take the lock back. */
  void wakeUp() {
    wait.wake();
    at = wait.reacquires;
    target = wait.lock;
    holdsTarget = false;
    awaitRelease();
  }

  /** Returns whether another of the run can wake it through this object. */
  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  boolean waitsFor(Object key) {
    return wait != null && !wait.woken && wait.key == key;
  }

  /** Returns whether only the run can wake it; in a monitor also while it falls asleep. */
  boolean waitsForWakeUp() {
    return wait != null
        && wait.goesOn()
        && (wait instanceof Wait.InMonitor || waits())
        && !thread.isInterrupted();
  }

  /** Returns whether its wait has ended in all likelihood, which its state does not show yet. */
  boolean isAboutToWake() {
    return state == State.FREE
        && ((thread.isInterrupted() && !thread.isVirtual())
            || (wait != null && wait.awaitsInterrupt)
            || (isAt(Action.JOIN) && target instanceof Thread other && !other.isAlive()));
  }

  /** Returns whether it waits in a synchronizer for what has not come. */
  boolean isKeptWaiting() {
    return awaited.isMissing() && waits() && !thread.isInterrupted();
  }

  /** Returns whether it waits in a monitor, or is woken and about to take it back. */
  @SuppressWarnings("ReferenceEquality") // the same monitor, not an equal one
  boolean sleepsIn(Object monitor) {
    return wait instanceof Wait.InMonitor && wait.key == monitor;
  }

  /** It wakes up though nobody means it. */
  void wakeUpUnasked() {
    if (wait != null) {
      wakeUp();
    } else {
      permit.give();
      LockSupport.unpark(thread);
    }
  }

  // Time limits.

  /** Its time has run out: whatever it waits in ends. */
  void runOut() {
    streak = 0; // it has waited, and did not spin
    limit.runOut();
    if (wait != null || limit.parks) {
      wakeUpUnasked();
    } else {
      thread.interrupt();
    }
  }

  /**
   * Returns whether it waits for a time of the run to come: also while it is stirred, with all that
   * sleep in its monitor, and is about to sleep on.
   */
  boolean waitsForOwnTime() {
    return state == State.FREE
        && limit.end != Clock.NEVER
        && (wait == null ? waits() : wait.goesOn())
        && !thread.isInterrupted();
  }

  /** Returns whether it waits for a time, which is not the run's own. */
  boolean waitsForRealTime() {
    return state == State.FREE
        && limit.call == null
        && thread.getState() == Thread.State.TIMED_WAITING;
  }

  boolean waits() {
    Thread.State now = thread.getState();
    return now == Thread.State.WAITING || now == Thread.State.TIMED_WAITING;
  }

  void initialising(int change) {
    initialising += change;
  }

  /** Returns whether others wait for a class inside the JVM, where nobody sees that they wait. */
  boolean isInitialising() {
    return initialising > 0;
  }

  /** Returns whether it reads the clock so often that it seems to wait for a time. */
  boolean readsClockOn() {
    return ++clockReads % Limits.CLOCK_READS == 0;
  }

  /** Returns whether it looked at the clock in its last turn. It must have none now. */
  boolean hasReadClock() {
    return clockReads > 0;
  }

  /** Returns whether it has been told often enough that its run is over. */
  boolean isDeafToTheEnd() {
    return ++unwound > Limits.UNWOUND;
  }
}

package course.interleave.turns;

import course.interleave.schedule.Action;
import course.interleave.turns.Participant.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The threads of a run, and what they are known to wait for. Guarded by the lock of the run; the
 * methods that take it say so.
 */
final class Threads {
  /** In which threads of the JDK wait to do what they were told to do later. */
  private static final Set<String> TIMERS =
      Set.of(
          "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue",
          "java.util.TimerThread");

  final CommonPool commonPool = new CommonPool(this);
  private final List<Participant> all = new ArrayList<>();
  private final Map<Thread, Participant> byThread = new ConcurrentHashMap<>();
  private final ReentrantLock lock;
  private final ClassLoader classes;
  private final Predicate<String> isOfRun;
  private volatile boolean kernelWakes;
  private volatile boolean timersWake;
  private boolean newcomer;

  /**
   * @param lock of the run
   * @param classes of the run, by which its threads are known
   * @param isOfRun whether a class of this name is one of these
   */
  Threads(ReentrantLock lock, ClassLoader classes, Predicate<String> isOfRun) {
    this.lock = lock;
    this.classes = classes;
    this.isOfRun = isOfRun;
  }

  Stream<Participant> stream() {
    return all.stream();
  }

  int count() {
    return all.size();
  }

  /** A plain loop: this is asked several times at each point. */
  boolean any(Predicate<Participant> is) {
    for (Participant participant : all) {
      if (is.test(participant)) {
        return true;
      }
    }
    return false;
  }

  boolean every(Predicate<Participant> is) {
    return !any(is.negate());
  }

  /** Takes the lock. */
  Participant me() {
    return register(Thread.currentThread());
  }

  /** Takes the lock. */
  Participant register(Thread thread) {
    Participant known = byThread.get(thread);
    if (known != null) {
      return known;
    }
    try (var _ = Held.hold(lock)) {
      return byThread.computeIfAbsent(thread, this::add);
    }
  }

  /** Returns a thread of the run, or null. */
  Participant known(Thread thread) {
    return byThread.get(thread);
  }

  private Participant add(Thread thread) {
    var participant = new Participant(thread, all.size(), lock.newCondition());
    all.add(participant);
    newcomer = true;
    return participant;
  }

  /** Some threads are known since they were made, long before they start. Takes the lock. */
  void starting(Thread thread) {
    register(thread);
    try (var _ = Held.hold(lock)) {
      newcomer = true;
    }
  }

  /** Returns whether a thread has not passed a point yet, nor has anybody since it came. */
  boolean hasNewcomer() {
    return newcomer;
  }

  void newcomerHadItsChance() {
    newcomer = false;
  }

  /** The JDK's pools start threads, and tell nobody. */
  @SuppressWarnings("ReferenceEquality") // the same class loader
  void findMore() {
    for (Thread thread : PlatformThreads.all()) {
      if (thread.getContextClassLoader() == classes && !PlatformThreads.isTimer(thread)) {
        register(thread);
      }
    }
  }

  /** Threads may wait for the kernel from now on, such as for a socket: that shows late. */
  void kernelWakes() {
    kernelWakes = true;
  }

  /** A timer of the JDK's may wake threads from now on. */
  void timersWake() {
    timersWake = true;
  }

  boolean doTimersWake() {
    return timersWake;
  }

  /** Returns whether none lives any more; some are made, and never start. */
  boolean allHaveEnded() {
    return !any(Participant::isAlive);
  }

  /** Returns whether the scenario and all threads that it was asked to start have ended. */
  boolean sceneIsOver() {
    return all.getFirst().state == State.ENDED && tasksHaveEnded();
  }

  boolean tasksHaveEnded() {
    return every(p -> !p.isTask || p.state == State.ENDED || p.state == State.JOINING);
  }

  /** Returns how many threads the scenario was asked to start. */
  int tasks() {
    return (int) all.stream().filter(p -> p.isTask).count();
  }

  /** Those that spun get a turn again: what they wait for may have come. */
  void nobodySpins() {
    all.forEach(p -> p.spins(false));
  }

  /** Returns whether all others wait, and it is known for sure that nobody has woken them. */
  boolean noneMovesBut(Participant one) {
    return every(p -> p == one || p.state != State.FREE || surelyWaits(p))
        && !commonPool.moves(one);
  }

  /**
   * Returns whether a thread waits, and nobody has woken it. That is known where the run itself
   * wakes threads. Else a virtual thread no longer looks as if it waited once it is woken; any
   * other does, until a core takes it up.
   */
  private boolean surelyWaits(Participant p) {
    boolean seemsTo =
        p.waitsForWakeUp()
            || p.isKeptWaiting()
            || (!kernelWakes && p.thread.isVirtual() && seemsToWait(p));
    // Asked last: who comes for the lock meanwhile looks as if it waited for something else.
    return seemsTo && !p.isAboutToWake() && !arrives(p.thread);
  }

  private boolean seemsToWait(Participant p) {
    return switch (p.thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      case BLOCKED -> p.target != null && any(o -> o.holdsMonitor(p.target));
      default -> false;
    };
  }

  /** Returns whether a thread waits for the run's lock only, and so is about to do something. */
  boolean arrives(Thread thread) {
    return lock.hasQueuedThread(thread);
  }

  /**
   * Returns whether a thread waits for a time that is not the run's own, and is not just one of a
   * pool that has nothing to do.
   */
  boolean someoneWaitsForRealTime() {
    return any(p ->
        p.waitsForRealTime()
            && (isInOwnCode(p) || isIn(p, f -> TIMERS.contains(f.getClassName()))));
  }

  /** Returns whether a thread has been told by the run's own classes what to do. */
  boolean isInOwnCode(Participant p) {
    return isIn(p, f -> isOfRun.test(f.getClassName()));
  }

  /** Returns whether a thread may be about to get something from a socket. */
  boolean someoneAwaitsIo() {
    return kernelWakes && someoneIsInSocket("");
  }

  /** Returns whether a thread is in a method of a socket, of a name that begins like that. */
  boolean someoneIsInSocket(String method) {
    Predicate<StackTraceElement> isOfSocket =
        f -> f.getClassName().startsWith("sun.nio.ch.") && f.getMethodName().startsWith(method);
    return any(p -> p.state == State.FREE && isIn(p, isOfSocket));
  }

  private static boolean isIn(Participant p, Predicate<StackTraceElement> frame) {
    return Stream.of(p.thread.getStackTrace()).anyMatch(frame);
  }

  /** Returns who waits for the earliest time of the run; null if nobody does. */
  Participant firstToRunOut() {
    return all.stream()
        .filter(Participant::waitsForOwnTime)
        .min(Comparator.comparingLong(p -> p.limit.end))
        .orElse(null);
  }

  /**
   * Returns whether a thread waits where the JDK's words let it wake up though nobody means it, and
   * in code under test. All must surely wait.
   */
  boolean mayWakeUp(Participant p) {
    return p.wait == null
        ? p.isAt(Action.PARK) && p.state == State.FREE && p.isAlive()
        : p.waitsForWakeUp() && !p.wait.reacquires.isAnywhere();
  }

  boolean othersCanMove(Participant me) {
    return any(p -> p != me && p.state != State.JOINING && p.isAlive());
  }

  boolean othersHaveStarted(Participant me) {
    return any(p -> p != me && p.thread.getState() != Thread.State.NEW);
  }

  /** Returns whether a thread is about to take a lock that another is known to hold. */
  boolean isBlocked(Participant me) {
    return switch (me.target) {
      case Object monitor when me.isAboutToEnter() -> any(p -> p != me && p.holdsMonitor(monitor));
      case ReentrantLock taken when me.isAboutToLock() -> taken.isLocked();
      case null, default -> false;
    };
  }

  /**
   * Returns whether a thread that is blocked is about to get its monitor, which only has one in it
   * that is about to wait: who waits in a monitor has to take it to look whether it has the turn.
   */
  boolean isAboutToGet(Participant p) {
    return p.isAt(Action.ENTER) && !isBlocked(p) && any(o -> o.sleepsIn(p.target));
  }

  boolean canGoOn(Participant p) {
    return p.state == State.READY && !(p.waitsForRelease && isBlocked(p));
  }

  /** Takes the lock. */
  void unparking(Thread thread) {
    try (var _ = Held.hold(lock)) {
      Participant p = byThread.get(thread);
      if (p != null) {
        p.permit.give();
      }
    }
  }

  /** Takes the lock. */
  void entered(Object monitor) {
    Participant me = me();
    try (var _ = Held.hold(lock)) {
      me.monitors.enter(monitor);
    }
  }

  /** Takes the lock. */
  void exiting(Object monitor) {
    Participant me = me();
    try (var _ = Held.hold(lock)) {
      me.monitors.exit(monitor);
    }
  }
}

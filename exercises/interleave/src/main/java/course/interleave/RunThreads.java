package course.interleave;

import course.interleave.Participant.State;
import course.interleave.schedule.Action;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of a run, and what they are known to wait for. Guarded by the lock of the run's
 * {@link Turns}; the methods that take it say so.
 */
final class RunThreads {
  final List<Participant> all = new ArrayList<>();
  private final Map<Thread, Participant> byThread = new ConcurrentHashMap<>();
  private final ReentrantLock lock;
  private final RunClasses classes;

  /** Whether threads may wait for the kernel, such as for a socket: that shows late. */
  volatile boolean kernelWakes;

  /** Whether a timer of the JDK's may wake threads. */
  volatile boolean timersWake;

  /** Whether there is a thread that has not passed a point yet, nor has anybody since. */
  boolean newcomer;

  RunThreads(ReentrantLock lock, RunClasses classes) {
    this.lock = lock;
    this.classes = classes;
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
    lock.lock();
    try {
      return byThread.computeIfAbsent(thread, this::add);
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      newcomer = true;
    } finally {
      lock.unlock();
    }
  }

  /** The JDK's pools start threads, and tell nobody. */
  void findMore() {
    for (Thread thread : PlatformThreads.all()) {
      if (thread.getContextClassLoader() == classes && !PlatformThreads.isTimer(thread)) {
        register(thread);
      }
    }
  }

  /** Takes the lock. */
  List<Participant> snapshot() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  boolean allHaveEnded() {
    return all.stream().allMatch(Participant::hasEnded);
  }

  boolean tasksHaveEnded() {
    return all.stream()
        .allMatch(p -> !p.isTask || p.state == State.ENDED || p.state == State.JOINING);
  }

  /** Returns whether all others wait, and it is known for sure that nobody has woken them. */
  boolean noneMovesBut(Participant one) {
    return all.stream().allMatch(p -> p == one || p.state != State.FREE || surelyWaits(p));
  }

  /**
   * Returns whether a thread waits, and nobody has woken it. That is known where the run itself
   * wakes threads. Else a virtual thread no longer looks as if it waited once it is woken; any
   * other does, until a core takes it up.
   */
  boolean surelyWaits(Participant p) {
    if (arrives(p)) {
      return false;
    }
    if (p.waitsForWakeUp()) {
      return true;
    }
    if (kernelWakes || !p.thread.isVirtual()) {
      return false;
    }
    return switch (p.thread.getState()) {
      case WAITING, TIMED_WAITING -> ForkJoinPool.commonPool().isQuiescent();
      case BLOCKED -> p.target != null && all.stream().anyMatch(o -> o.holdsMonitor(p.target));
      default -> false;
    };
  }

  /** Returns whether a thread waits for the run's lock only, and so is about to do something. */
  boolean arrives(Participant p) {
    return lock.hasQueuedThread(p.thread);
  }

  /** Returns whether the time that a thread waits for may come while anybody looks on. */
  boolean someoneWaitsForTime() {
    return all.stream()
        .anyMatch(p ->
            p.state == State.FREE && p.waitsWithTimeLimit() && !p.waitsLongerThan(Watcher.LIMIT));
  }

  boolean othersCanMove(Participant me) {
    return all.stream()
        .anyMatch(p -> p != me && p.state != State.JOINING && !p.hasEnded() && p.hasStarted());
  }

  boolean othersHaveStarted(Participant me) {
    return all.stream().anyMatch(p -> p != me && p.hasStarted());
  }

  /** Returns whether a thread is about to take a lock that another is known to hold. */
  boolean isBlocked(Participant me) {
    return switch (me.target) {
      case Object monitor when me.isAboutToEnter() ->
          all.stream().anyMatch(p -> p != me && p.holdsMonitor(monitor));
      case ReentrantLock taken when me.isAboutToLock() -> taken.isLocked();
      case null, default -> false;
    };
  }

  /**
   * Returns whether a thread that is blocked is about to get its monitor, which only has one in it
   * that is about to wait: who waits in a monitor has to take it to look whether it has the turn.
   */
  boolean isAboutToGet(Participant p) {
    return p.at != null
        && p.at.action() == Action.ENTER
        && !isBlocked(p)
        && all.stream().anyMatch(o -> o.sleepsIn(p.target));
  }

  boolean canGoOn(Participant p) {
    return p.state == State.READY && !(p.waitsForRelease && isBlocked(p));
  }

  boolean someoneIsReady() {
    return all.stream().anyMatch(this::canGoOn);
  }

  /** A thread at a point waits for its turn, which would use up the permit. Takes the lock. */
  void unparking(Thread thread) {
    lock.lock();
    try {
      Participant p = byThread.get(thread);
      if (p != null && !(p.isAboutToPark() && p.state == State.FREE && p.waits())) {
        p.permit = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the lock. */
  void entered(Object monitor) {
    Participant me = me();
    lock.lock();
    try {
      me.monitors.push(monitor);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the lock. */
  @SuppressWarnings("ReferenceEquality") // the same monitor, not an equal one
  void exiting(Object monitor) {
    Participant me = me();
    lock.lock();
    try {
      me.mayHaveWoken = true;
      me.released = monitor;
      for (Iterator<Object> held = me.monitors.iterator(); held.hasNext(); ) {
        if (held.next() == monitor) {
          held.remove();
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }
}

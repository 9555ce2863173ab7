package course.interleave.turns;

import course.interleave.schedule.Action;
import course.interleave.turns.Failure.Late;
import course.interleave.turns.Failure.Stage;
import course.interleave.turns.Failure.Standing;
import course.interleave.turns.Failure.Waiting;
import course.interleave.turns.Participant.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes down where the threads of a run stand: what a report says of them later. Guarded by the
 * lock of the run.
 */
final class Snapshot {
  private final List<Participant> threads;
  private final Predicate<String> isOfRun;
  private final long now; // in the run's own time

  Snapshot(List<Participant> threads, Predicate<String> isOfRun, long now) {
    this.threads = threads;
    this.isOfRun = isOfRun;
    this.now = now;
  }

  /** Returns whether threads wait for each other's locks. */
  boolean isDeadlock() {
    return !cycle().isEmpty();
  }

  Failure stuck() {
    return new Failure.Stuck(standing(threads), cycle(), late());
  }

  Failure noProgress() {
    return new Failure.NoProgress(standing(threads));
  }

  Failure tooLong() {
    return new Failure.TooLong(standing(threads));
  }

  Failure leftOver() {
    return new Failure.LeftOver(standing(threads.stream().filter(Snapshot::isLeftOver).toList()));
  }

  /** Returns whether a thread goes on after the scenario, and is one of the run's own. */
  static boolean isLeftOver(Participant p) {
    return p.state == State.FREE && p.isAlive() && !PlatformThreads.isNobodys(p.thread);
  }

  private List<Standing> standing(List<Participant> chosen) {
    return chosen.stream().filter(Participant::isAlive).map(this::standing).toList();
  }

  private Standing standing(Participant p) {
    Stage stage =
        switch (p.state) {
          case JOINING -> Stage.JOINING;
          case FREE, ENDED -> Stage.PAST_ITS_POINT;
          case READY, HELD -> Stage.BEFORE_ITS_POINT;
        };
    Participant owner = owner(p);
    List<StackTraceElement> frames =
        Stream.of(p.thread.getStackTrace()).filter(f -> isOfRun.test(f.getClassName())).toList();
    return new Standing(p.name, stage, p.at, owner == null ? null : owner.name, frames);
  }

  /** Follows who waits for whose lock until it comes round. */
  private List<Waiting> cycle() {
    for (Participant start : threads) {
      var numbers = new IdentityHashMap<Object, Integer>();
      var cycle = new ArrayList<Waiting>();
      Participant waiting = start;
      while (waiting != null && cycle.size() <= threads.size()) {
        Participant owner = owner(waiting);
        if (owner == null) {
          break;
        }
        cycle.add(waitsFor(waiting, owner, numbers));
        if (owner == start) {
          return cycle;
        }
        waiting = owner;
      }
    }
    return List.of();
  }

  private static Waiting waitsFor(
      Participant waiting, Participant owner, Map<Object, Integer> numbers) {
    Object lock = waiting.target;
    int number = numbers.computeIfAbsent(lock, _ -> numbers.size() + 1);
    return new Waiting(waiting.name, lock.getClass().getSimpleName(), number, owner.name);
  }

  /** Returns who holds what a thread waits for, or null. */
  private Participant owner(Participant waiting) {
    Object lock = waiting.target;
    if (lock == null || !waitsFor(waiting, lock) || holdsLock(waiting, lock)) {
      return null;
    }
    return threads.stream()
        .filter(other -> other != waiting)
        .filter(other -> other.holdsMonitor(lock) || holdsLock(other, lock))
        .findFirst()
        .orElse(null);
  }

  /** Returns whether a thread waits for a lock: one that has passed its point may be past it. */
  private static boolean waitsFor(Participant p, Object lock) {
    if (p.state != State.FREE) {
      return p.state != State.ENDED && p.at.action() != Action.UNLOCK;
    }
    String type = lock.getClass().getName();
    return lock instanceof Lock
        ? Stream.of(p.thread.getStackTrace()).anyMatch(f -> f.getClassName().equals(type))
        : p.thread.getState() == Thread.State.BLOCKED;
  }

  /** A lock of the JDK tells who holds it, but in words only. Code under test is not asked. */
  private static boolean holdsLock(Participant participant, Object lock) {
    return lock instanceof Lock
        && lock.getClass().getClassLoader() == null
        && lock.toString().endsWith("ocked by thread " + participant.thread.getName() + "]");
  }

  /** Returns whose wait ends by itself first; null if nobody's does. */
  private Late late() {
    return threads.stream()
        .filter(Participant::waitsForOwnTime)
        .min(Comparator.comparingLong(p -> p.limit.end))
        .map(p -> new Late(p.name, TimeUnit.NANOSECONDS.toSeconds(p.limit.end - now) + 1))
        .orElse(null);
  }
}

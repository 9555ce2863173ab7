package course.interleave;

import course.interleave.Choices.Question;
import course.interleave.Outcome.Event;
import course.interleave.Outcome.Failure;
import course.interleave.Participant.State;
import course.interleave.Schedule.Hold;
import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The threads of a run, and which of them has its <em>turn</em>: only that one passes points. It
 * keeps the turn until it is held, waits for something, or ends; then the next that is ready at a
 * point has it. Between its points a thread is free, and so is one that was woken, until its next
 * point.
 *
 * <p>Who leaves its turn gives it to the next by itself if it is sure who that is: when all free
 * threads surely wait, and not for a time to pass. Else the {@link Watcher} does, when those that
 * are free don't move.
 *
 * <p>All fields, threads and the log are guarded by {@link #lock}.
 */
final class Turns {
  /** So many points in one turn, and a thread counts as spinning: others get a turn. */
  private static final int LONG_TURN = 1_000;

  /** So often round a loop without a point counts as so many points. */
  private static final int LOOPS = 1_000;

  private static final int POINTS_FOR_LOOPS = 50;

  private static final long SPINNING = TimeUnit.MILLISECONDS.toNanos(1_500);

  final ReentrantLock lock = new ReentrantLock();

  /** Signalled when the watcher has to look. */
  final Condition changed = lock.newCondition();

  /** How many short waits were seen through during the present hold. */
  int expiries;

  final RunThreads threads;
  private final CodeUnderTest code;
  private final RunLog log;
  private Participant turn;
  private long turnSince;
  private Participant lastSpinner;
  private long spinningSince;
  private long movement;
  private long clock;
  private Failure failure;
  private volatile boolean over;

  Turns(CodeUnderTest code, RunClasses classes, RunLog log) {
    this.code = code;
    this.log = log;
    threads = new RunThreads(lock, classes);
  }

  /** Makes a thread that is not started yet ready at its first point. */
  void enrol(Participant participant, Point start) {
    lock.lock();
    try {
      participant.at = start;
      participant.state = State.READY;
      participant.isTask = true;
    } finally {
      lock.unlock();
    }
  }

  void begin(Participant first) {
    lock.lock();
    try {
      turn = first;
    } finally {
      lock.unlock();
    }
  }

  void ended(Participant participant) {
    lock.lock();
    try {
      participant.state = State.ENDED;
      leaveTurn(participant);
    } finally {
      lock.unlock();
    }
  }

  // Passing a point.

  /** Returns when it is the current thread's turn to do what the point describes. */
  void arrive(Point point, Object target) {
    Participant me = threads.me();
    if (me.initialising > 0) {
      return; // others wait for this class inside the JVM, where nobody sees that they wait
    }
    lock.lock();
    try {
      if (!over) {
        pass(me, point, target);
      }
    } finally {
      lock.unlock();
    }
    unwindIfOver(me);
  }

  private void pass(Participant me, Point point, Object target) {
    movement++;
    if (me.mayHaveWoken) {
      threads.findMore(); // it may have called a pool, which started a thread
    }
    me.arriveAt(point, target);
    me.streak += point.action() == Action.YIELD ? LONG_TURN / 5 : 1;
    Object released = me.released;
    me.released = me.isAboutToUnlock() ? target : null;
    if (turn != me) {
      awaitTurn(me, State.READY);
    } else if (me.streak > LONG_TURN && threads.othersCanMove(me)) {
      me.spins = true;
      awaitTurn(me, State.READY);
    } else if (letsNewcomersGoFirst(me) || letsWokenGoFirst(me, released) || givesWay(me)) {
      int streak = me.streak;
      awaitTurn(me, State.READY);
      me.streak = streak; // threads that only spin are known by it, though they give way
    }
    threads.newcomer = false;
    me.mayHaveWoken = point.action().usesTarget() || point.action().isCall();
    if (!over) {
      holdIfScheduled(me);
    }
    while (!over && threads.isBlocked(me)) {
      me.waitsForRelease = true;
      awaitTurn(me, State.READY);
    }
    if (!over) {
      findConflict(me);
      me.takePermit();
      log.step(me, Event.PASSES);
      if (point.action().isCall()) { // in which it may come to wait
        changed.signal();
      }
    }
  }

  private void holdIfScheduled(Participant me) {
    if (!threads.othersHaveStarted(me)) {
      return; // what sets the scene does not use up the arrivals
    }
    Hold here = log.arrival(me.at);
    if (threads.othersCanMove(me)) {
      log.offer(here);
    }
    boolean sure = threads.noneMovesBut(me); // that nobody moves unseen
    if (!log.isYes(new Question.HeldAt(me.number, here))) {
      return;
    }
    log.step(me, Event.IS_HELD);
    int before = log.length();
    me.heldSince = ++clock;
    awaitTurn(me, State.HELD);
    if (sure) {
      log.forgetHold(before);
    }
    if (!over) {
      log.step(me, Event.IS_RELEASED);
    }
  }

  private boolean givesWay(Participant me) {
    return threads.someoneIsReady() && log.isYes(new Question.GivesWay(me.number));
  }

  private boolean letsNewcomersGoFirst(Participant me) {
    return threads.newcomer && log.isYes(new Question.NewcomerFirst(me.number));
  }

  /** Decides whether who was woken gets a lock before the one that woke it takes it again. */
  private boolean letsWokenGoFirst(Participant me, Object released) {
    if (!me.mayHaveWoken) {
      return false;
    }
    boolean admitted =
        released != null
            && threads.all.stream()
                .anyMatch(
                    p -> p.state == State.READY && p.waitsForLock(released) && threads.canGoOn(p));
    return (admitted || !threads.noneMovesBut(me))
        && log.isYes(new Question.WokenFirst(me.number, admitted));
  }

  /** Called at the end of each loop: one without a point may wait for what another does. */
  void loop() {
    Participant me = threads.me();
    if (!over && ++me.loops % LOOPS == 0 && me.initialising == 0) {
      lock.lock();
      try {
        me.streak += POINTS_FOR_LOOPS;
        if (!over && me.streak > LONG_TURN && threads.othersCanMove(me)) {
          me.arriveAt(Point.LOOP, null);
          me.spins = true;
          awaitTurn(me, State.READY);
        }
      } finally {
        lock.unlock();
      }
    }
    unwindIfOver(me);
  }

  /** What the current thread does next takes at most so long. */
  void timed(long nanos) {
    Participant me = threads.me();
    lock.lock();
    try {
      me.deadline = System.nanoTime() + Math.max(nanos, 1);
    } finally {
      lock.unlock();
    }
  }

  /** Lets a thread that was just started run first, if the schedule says so. */
  void letStartedGoFirst() {
    Participant me = threads.me();
    if (me.initialising == 0) {
      lock.lock();
      try {
        if (!over && letsNewcomersGoFirst(me)) {
          leavePoint(me, State.READY);
        }
        threads.newcomer = false;
      } finally {
        lock.unlock();
      }
      unwindIfOver(me);
    }
  }

  void awaitTasks() {
    Participant me = threads.me();
    lock.lock();
    try {
      leavePoint(me, State.JOINING);
    } finally {
      lock.unlock();
    }
    unwindIfOver(me);
  }

  /** Waits past its last point, so that what it did there is no longer about to be done. */
  private void leavePoint(Participant me, State state) {
    me.target = null;
    awaitTurn(me, state);
  }

  private void awaitTurn(Participant me, State state) {
    me.state = state;
    leaveTurn(me);
    sleepUntilTurn(me);
  }

  private void sleepUntilTurn(Participant me) {
    while (turn != me && !over) {
      if (me.waitsIn == null) {
        me.turn.awaitUninterruptibly(); // an interrupt is the code's own business: it stays pending
      } else {
        try {
          me.waitsIn.sleep(me.turn, lock, WaitSet.NO_LIMIT);
        } catch (InterruptedException e) {
          me.interrupted = true; // the same
        }
      }
    }
    me.state = State.FREE;
    me.waitsForRelease = false;
    me.spins = false;
    me.streak = 0;
    movement++;
  }

  private void leaveTurn(Participant me) {
    movement++;
    if (turn == me) {
      turn = null;
    }
    boolean sure = threads.noneMovesBut(me) && !threads.someoneWaitsForTime();
    if (over || turn != null || !sure || !giveTurn()) {
      changed.signal();
    }
  }

  // Waiting to be woken.

  /**
   * Waits as {@link Object#wait} and {@link Condition#await} do. But the run knows who is woken,
   * and to take the lock back then is a point like any other, however the wait has ended.
   *
   * @param nanos for how long at the most; {@link WaitSet#NO_LIMIT} until it is woken
   * @return whether it was woken before its time had passed
   * @throws InterruptedException if the thread is interrupted before it is woken
   */
  boolean await(WaitSet set, long nanos, Point reacquire) throws InterruptedException {
    Participant me = threads.me();
    lock.lock();
    try {
      me.beginWait(set, reacquire, ++clock);
      turn = turn == me ? null : turn;
      set.giveAway();
      try {
        return awaitWakeUp(me, nanos);
      } finally {
        awaitReacquire(me);
      }
    } finally {
      me.waitsIn = null;
      lock.unlock();
      set.takeBack(over);
      me.restoreInterrupt();
      unwindIfOver(me);
    }
  }

  /** Returns whether it is woken before its time has passed. */
  private boolean awaitWakeUp(Participant me, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (!me.woken && !over) {
      long left = nanos == WaitSet.NO_LIMIT ? nanos : end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      me.stirred = false;
      try {
        me.waitsIn.sleep(me.turn, lock, left);
      } catch (InterruptedException e) {
        if (!me.woken && !over) {
          throw e;
        }
        me.interrupted = true;
      }
      boolean inTime = nanos == WaitSet.NO_LIMIT || System.nanoTime() < end;
      if (inTime && !me.stirred) {
        return true; // woken by the run; or else by code that it knows nothing of
      }
    }
    return true;
  }

  private void awaitReacquire(Participant me) {
    if (me.woken) {
      sleepUntilTurn(me);
    } else {
      me.wakeUp();
      awaitTurn(me, State.READY);
    }
    if (!over && !me.at.isAnywhere()) {
      holdIfScheduled(me);
      if (!over) {
        log.step(me, Event.PASSES);
      }
    }
  }

  /** Wakes the one that has waited longest; returns whether anybody waits. */
  boolean signal(Condition condition) {
    return wake(condition, waiting -> waiting.subList(0, 1));
  }

  /** Wakes any one of those that wait; returns whether anybody does. */
  boolean notifyOne(Object monitor) {
    return wake(monitor, waiting -> List.of(choose(waiting)));
  }

  /** Wakes all that wait; returns whether anybody does. */
  boolean wakeAll(Object key) {
    return wake(key, waiting -> waiting);
  }

  private boolean wake(Object key, UnaryOperator<List<Participant>> choice) {
    lock.lock();
    try {
      List<Participant> waiting =
          threads.all.stream()
              .filter(p -> p.waitsFor(key))
              .sorted(Comparator.comparingLong(p -> p.waitsSince))
              .toList();
      if (!waiting.isEmpty()) {
        choice.apply(waiting).forEach(Participant::wakeUp);
        movement++;
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Has a thread look whether it has the turn, or the run is over. */
  private void rouse(Participant sleeper) {
    if (sleeper.waitsIn instanceof WaitSet.OfMonitor(Object monitor)) {
      Thread.ofVirtual().start(() -> stir(monitor)); // who rouses may not take the monitor
    } else {
      sleeper.turn.signal();
    }
  }

  private void stir(Object monitor) {
    synchronized (monitor) {
      lock.lock();
      try {
        threads.all.stream().filter(p -> p.waitsFor(monitor)).forEach(p -> p.stirred = true);
      } finally {
        lock.unlock();
      }
      monitor.notifyAll();
    }
  }

  /** Two threads about to use the same object may both do it now: nothing orders them. */
  private void findConflict(Participant me) {
    if (!Calls.unsynchronised(me.target)) {
      return;
    }
    for (Participant other : threads.all) {
      boolean poised = other.state == State.READY || other.state == State.HELD;
      if (poised && me.conflictsWith(other)) {
        fail(Report.conflict(me, other));
        return;
      }
    }
  }

  // Giving turns.

  /** Gives the turn to who is ready, or else to who has been held longest, if there is anyone. */
  boolean giveTurn() {
    if (threads.tasksHaveEnded()) {
      threads.all.stream()
          .filter(p -> p.state == State.JOINING)
          .forEach(p -> p.state = State.READY);
    }
    Participant next = nextReady();
    Participant held =
        threads.all.stream()
            .filter(p -> p.state == State.HELD)
            .min(Comparator.comparingLong(p -> p.heldSince))
            .orElse(null);
    if (held != null && (next == null || next.spins)) {
      if (held.waitsIn != null && threads.isBlocked(held)) {
        held.state = State.READY; // it could not even wake up
        held.waitsForRelease = true;
        return giveTurn();
      }
      expiries = 0;
      threads.all.forEach(p -> p.spins = false);
      next = held;
    }
    if (next == null) {
      return false;
    }
    if (!next.spins) {
      spinningSince = 0;
    } else if (spinningSince == 0) {
      spinningSince = System.nanoTime();
    } else if (System.nanoTime() - spinningSince > SPINNING) {
      fail(Report.noProgress(threads.all, code));
      return true;
    }
    turn = next;
    turnSince = System.nanoTime();
    lastSpinner = next.spins ? next : lastSpinner;
    movement++;
    rouse(next);
    return true;
  }

  private Participant nextReady() {
    List<Participant> ready = new ArrayList<>();
    List<Participant> spinning = new ArrayList<>();
    for (Participant p : threads.all) {
      if (threads.canGoOn(p)) {
        (p.spins ? spinning : ready).add(p);
      }
    }
    if (!ready.isEmpty()) {
      return choose(ready);
    }
    if (!spinning.isEmpty()) { // those that spin take turns
      int last = lastSpinner == null ? -1 : lastSpinner.number;
      return spinning.stream().filter(p -> p.number > last).findFirst().orElse(spinning.getFirst());
    }
    return null;
  }

  private Participant choose(List<Participant> among) {
    return among.size() == 1
        ? among.getFirst()
        : among.get(log.ask(new Question.Next(among.stream().map(p -> p.number).toList())));
  }

  /** Returns whether a thread has the turn and is about to wake up for it. */
  boolean turnIsTaken() {
    return turn != null && turn.state != State.FREE && turn.state != State.ENDED;
  }

  boolean turnSpins() {
    return turn != null
        && turn.streak > 100 * LONG_TURN
        && System.nanoTime() - turnSince > SPINNING;
  }

  /** Counts what happens; the same again means that nothing has. */
  long movement() {
    return movement + threads.all.size();
  }

  // The end.

  boolean isOver() {
    return over;
  }

  void fail(String thread, Throwable thrown) {
    fail(new Failure(thread + " failed: " + Report.oneLine(thrown), thrown));
  }

  void fail(String what) {
    fail(new Failure(what, null));
  }

  private void fail(Failure what) {
    lock.lock();
    try {
      if (!over) {
        failure = what;
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      over = true;
      threads.all.forEach(this::rouse);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void unwindIfOver(Participant me) {
    if (!over) {
      return;
    }
    me.unwound++;
    while (me.unwound > 100) { // it catches everything and goes on: stop it here, for ever
      LockSupport.park();
      Thread.interrupted();
    }
    throw new RunOver();
  }

  Outcome outcome(boolean reached, boolean clean) {
    lock.lock();
    try {
      return log.outcome(failure, reached, clean);
    } finally {
      lock.unlock();
    }
  }
}

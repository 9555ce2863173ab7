package course.interleave.turns;

import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import course.interleave.schedule.Question;
import course.interleave.schedule.Schedule.Hold;
import course.interleave.schedule.Use;
import course.interleave.turns.Outcome.Event;
import course.interleave.turns.Participant.State;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does at a point: it waits for its turn, is held there, lets others go first, or
 * goes on. Only the one that has its <em>turn</em> passes points. It keeps the turn until it is
 * held, waits for something, or ends. Between its points a thread is free, and so is one that was
 * woken, until its next point. Thread-safe.
 */
final class Turns {
  private final RunState run;
  private final Threads threads;
  private final History history;
  private final Conductor conductor;
  private final Scheduler.Model model;

  Turns(RunState run, Conductor conductor, Scheduler.Model model) {
    this.run = run;
    this.conductor = conductor;
    this.model = model;
    threads = run.threads;
    history = run.history;
  }

  /** Makes a thread that is not started yet ready at its first point. */
  void enrol(Participant participant, Point start) {
    try (var _ = Held.hold(run.lock)) {
      participant.enrol(start);
    }
  }

  void ended(Participant participant) {
    try (var _ = Held.hold(run.lock)) {
      participant.stand(State.ENDED);
      conductor.leave(participant);
    }
  }

  // Passing a point.

  /** Returns when it is the current thread's turn to do what the point describes. */
  void arrive(Use use) {
    Participant me = threads.me();
    if (me.isInitialising()) {
      return;
    }
    List<Rival> others = List.of();
    try (var _ = Held.hold(run.lock)) {
      if (!run.isOver()) {
        pass(me, use);
        others = aboutToUse(me);
      }
    }
    if (!others.isEmpty()) {
      findConflict(me, others);
    }
    unwindIfOver(me);
  }

  private void pass(Participant me, Use use) {
    Action action = use.point().action();
    run.moved();
    if (me.monitors.mayHaveWoken()) {
      threads.findMore(); // it may have called a pool, which started a thread
    }
    me.arriveAt(use);
    me.passPoints(action == Action.YIELD ? Limits.POINTS_FOR_A_YIELD : 1);
    Object released = me.monitors.release(action == Action.UNLOCK ? use.target() : null);
    if (!conductor.isTurnOf(me)) {
      awaitTurn(me, State.READY);
    } else if (isLongTurn(me)) {
      me.spins(true);
      awaitTurn(me, State.READY);
    } else if (action != Action.START // before which it may have been given its turn, or after
        && (threads.commonPool.isWorthWaitingFor(me)
            || letsNewcomersGoFirst(me, false)
            || letsWokenGoFirst(me, released)
            || givesWay(me))) {
      int streak = me.streak;
      awaitTurn(me, State.READY);
      me.passPoints(streak); // threads that only spin are known by it, though they give way
    }
    threads.newcomerHadItsChance();
    me.monitors.mayWake(action.isCall() || action == Action.CHANGE);
    if (!run.isOver()) {
      holdIfScheduled(me);
    }
    while (!run.isOver() && threads.isBlocked(me)) {
      me.awaitRelease();
      awaitTurn(me, State.READY);
    }
    if (!run.isOver()) {
      history.step(me, Event.PASSES);
      if (action.isCall()) { // in which it may come to wait
        run.callWatcher();
      }
    }
  }

  private boolean isLongTurn(Participant me) {
    return me.streak > Limits.LONG_TURN && threads.othersCanMove(me);
  }

  /** Holds a thread at its point, if the schedule says so, until no other can move. */
  void holdIfScheduled(Participant me) {
    if (!threads.othersHaveStarted(me)) {
      return; // what sets the scene does not use up the arrivals
    }
    Hold here = history.arrival(me.at);
    if (threads.othersCanMove(me)) {
      history.offer(here);
    }
    if (!history.isYes(new Question.HeldAt(me.number, here))) {
      return;
    }
    boolean sure = threads.noneMovesBut(me); // that nobody moves unseen
    history.step(me, Event.IS_HELD);
    int before = history.length();
    me.hold(run.tick());
    awaitTurn(me, State.HELD);
    if (sure) {
      history.forgetHold(before);
    }
    if (!run.isOver()) {
      history.step(me, Event.IS_RELEASED);
    }
  }

  private boolean givesWay(Participant me) {
    return threads.any(threads::canGoOn) && history.isYes(new Question.GivesWay(me.number));
  }

  private boolean letsNewcomersGoFirst(Participant me, boolean sets) {
    return threads.hasNewcomer() && history.isYes(new Question.NewcomerFirst(me.number, sets));
  }

  /** Decides whether who was woken gets a lock before the one that woke it takes it again. */
  private boolean letsWokenGoFirst(Participant me, Object released) {
    if (!me.monitors.mayHaveWoken()) {
      return false;
    }
    boolean admitted =
        released != null && threads.any(p -> p.waitsForLock(released) && threads.canGoOn(p));
    return (admitted || !threads.noneMovesBut(me))
        && history.isYes(new Question.WokenFirst(me.number, admitted));
  }

  /** A thread that is about to use the same object as another. */
  private record Rival(String name, Use use) {}

  /** Returns who else is about to use the same object, where one of the two may change it. */
  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  private List<Rival> aboutToUse(Participant me) {
    Object viewed = me.use.viewed();
    if (run.isOver() || !me.at.action().usesTarget() || !model.isUnsynchronised().test(viewed)) {
      return List.of();
    }
    return threads.stream()
        .filter(other -> other != me && other.use != null && other.use.viewed() == viewed)
        .filter(other -> other.state == State.READY || other.state == State.HELD)
        .filter(other -> other.at.action().usesTarget())
        .filter(other -> me.isAt(Action.CHANGE) || other.isAt(Action.CHANGE))
        .map(other -> new Rival(other.name, other.use))
        .toList();
  }

  /**
   * Two threads about to use the same object may both do it now: nothing orders them. Whether that
   * goes wrong is asked without the lock, while the others wait for their turn: to look for a key
   * runs code under test, which passes no points meanwhile.
   */
  private void findConflict(Participant me, List<Rival> others) {
    me.initialising(1);
    try {
      others.stream()
          .filter(other -> model.conflict().test(me.use, other.use))
          .findFirst()
          .ifPresent(other -> run.fail(conflict(me, other)));
    } finally {
      me.initialising(-1);
    }
  }

  private static Failure conflict(Participant me, Rival other) {
    String type = me.use.viewed().getClass().getSimpleName();
    return new Failure.Conflict(type, me.name, me.at, other.name, other.use.point());
  }

  /** Called at the end of each loop: one without a point may wait for what another does. */
  void loop() {
    Participant me = threads.me();
    if (!run.isOver() && me.loopsOn() && !me.isInitialising()) {
      try (var _ = Held.hold(run.lock)) {
        me.passPoints(Limits.POINTS_FOR_LOOPS);
        if (!run.isOver() && isLongTurn(me)) {
          goRound(me);
        }
      }
    }
    unwindIfOver(me);
  }

  /** Called when the current thread reads the clock: it may do nothing else until a time comes. */
  void readClock() {
    Participant me = threads.me();
    if (me.readsClockOn() && !me.isInitialising()) {
      try (var _ = Held.hold(run.lock)) {
        if (!run.isOver()) {
          goRound(me);
        }
      }
      unwindIfOver(me);
    }
  }

  /** It has had its turn, and is where it was. */
  private void goRound(Participant me) {
    me.arriveAt(new Use(Point.LOOP, null, null, null));
    me.spins(true);
    awaitTurn(me, State.READY);
  }

  /**
   * Lets a thread that was just started run first, if the schedule says so.
   *
   * @param sets whether it was started by the scenario's words, and not by code under test
   */
  void letStartedGoFirst(boolean sets) {
    Participant me = threads.me();
    if (me.isInitialising()) {
      return;
    }
    try (var _ = Held.hold(run.lock)) {
      if (!run.isOver() && letsNewcomersGoFirst(me, sets)) {
        me.leavePoint();
        awaitTurn(me, State.READY);
      }
      threads.newcomerHadItsChance();
    }
    unwindIfOver(me);
  }

  void awaitTasks() {
    Participant me = threads.me();
    try (var _ = Held.hold(run.lock)) {
      me.leavePoint();
      awaitTurn(me, State.JOINING);
    }
    unwindIfOver(me);
  }

  // Waiting for a turn.

  void awaitTurn(Participant me, State state) {
    me.stand(state);
    conductor.leave(me);
    sleepUntilTurn(me);
  }

  void sleepUntilTurn(Participant me) {
    while (!conductor.isTurnOf(me) && !run.isOver()) {
      Wait wait = me.wait;
      if (wait == null) {
        me.turn.awaitUninterruptibly(); // an interrupt is the code's own business: it stays pending
      } else {
        try {
          wait.sleep(me.turn, run.lock);
        } catch (InterruptedException e) {
          wait.interruptLater(); // the same
        }
      }
    }
    me.takeTurn();
    run.moved();
  }

  void unwindIfOver(Participant me) {
    if (!run.isOver()) {
      return;
    }
    while (me.isDeafToTheEnd()) { // it catches everything and goes on: stop it here, for ever
      LockSupport.park();
      Thread.interrupted();
    }
    throw new RunOver(run);
  }
}

package course.interleave.turns;

import course.interleave.schedule.Action;
import course.interleave.turns.Participant.State;

/**
 * Sees whether any thread of a run can still move. If none can, it has the turn given to the next,
 * or sees that the run has come to its end, good or bad. Used by the thread that conducts the run,
 * which holds the lock of the run all the while.
 */
final class Watcher {
  private final RunState run;
  private final Threads threads;
  private final Conductor conductor;
  private final Pace pace;
  private final boolean threadsMayRemain;
  private final boolean othersHadTimers = PlatformThreads.timersAreSet();
  private long lookedAt = System.nanoTime();
  private long seen = -1; // of the run's movement
  private long calmSince; // as the run had lasted then
  private int calm; // beats since somebody was seen to move
  private long slow; // so much longer than on an idle machine the beats took
  private int looks;
  private boolean wakes; // somebody, in all likelihood, though nobody seems to move
  private boolean surelyWakes; // the same for certain
  private boolean waitsForTime;
  private boolean timersWereSet; // what a timer wakes may come late, as it is a platform thread

  Watcher(RunState run, Conductor conductor, Pace pace, boolean threadsMayRemain) {
    this.run = run;
    this.conductor = conductor;
    this.pace = pace;
    this.threadsMayRemain = threadsMayRemain;
    threads = run.threads;
  }

  /** Returns when the run is over. */
  void watch() throws InterruptedException {
    while (!run.isOver()) {
      long now = lasted();
      boolean still = run.movement() == seen;
      seeWhoWakes();
      boolean moves = somebodyMoves(still && now - calmSince > Limits.LOOK_AT_STACK);
      if (!moves) {
        threads.findMore();
        still = run.movement() == seen;
      }
      calm = still && !moves ? calm + 1 : 0;
      calmSince = still ? calmSince : now;
      seen = run.movement();
      waitsForTime &= still;
      if (now - slow > (goesOn(now) ? Limits.SLOW_RUN : Limits.RUN)) {
        run.fail(waitsForTime ? run.snapshot().tooLong() : run.snapshot().noProgress());
      } else if (moves && conductor.turnSpins()) {
        run.fail(run.snapshot().noProgress());
      } else if (moves) {
        lookAgainSoon();
      } else if (!allSurelyWait() && (calm < Limits.BEATS || someoneWakes(now - calmSince))) {
        beat();
      } else if (threads.commonPool.isWorthWaitingFor(null)) {
        awaitCommonPool(now - calmSince);
      } else if (calm >= Limits.SECOND_LOOK) {
        decide(now - calmSince);
      }
    }
  }

  private long lasted() {
    long now = System.nanoTime();
    run.lasts(now - lookedAt);
    lookedAt = now;
    return run.lasted();
  }

  /** Many threads in turn need long on a busy machine; what never ends has done much by then. */
  private boolean goesOn(long now) {
    return !waitsForTime && now - calmSince < Limits.SPINNING && run.movement() < Limits.MOVEMENT;
  }

  private boolean allSurelyWait() {
    return threads.noneMovesBut(null);
  }

  /** Comes before a look at who moves, which sees those that have woken up meanwhile. */
  private void seeWhoWakes() {
    surelyWakes = threads.any(p -> p.awaited.hasCome() && isFirst(p.awaited));
    wakes = surelyWakes || threads.any(Participant::isAboutToWake);
  }

  /** Who waits first is served first. */
  private boolean isFirst(Awaited awaited) {
    return threads.every(other -> !other.awaited.isBefore(awaited));
  }

  private boolean someoneWakes(long calmFor) {
    return (wakes && (calm < Limits.WAKE_BEATS || calmFor < Limits.WAKE))
        || (surelyWakes && calmFor < Limits.LATE_WAKE);
  }

  /** Most waits begin soon: looks again once the others have run, and then again, less often. */
  @SuppressWarnings("ThreadPriorityCheck") // costs only time if the scheduler does nothing
  private void lookAgainSoon() throws InterruptedException {
    if (looks++ % Limits.LOOKS_PER_POLL != 0) {
      run.lock.unlock();
      try {
        Thread.yield();
      } finally {
        run.lock.lock();
      }
    } else {
      run.awaitCall(Limits.POLL);
    }
  }

  private void beat() throws InterruptedException {
    long begun = lasted();
    run.lock.unlock();
    try {
      pace.beat();
    } finally {
      run.lock.lock();
    }
    slow += Math.max(0, lasted() - begun - Limits.BEAT);
  }

  private void awaitCommonPool(long calmFor) throws InterruptedException {
    if (calm >= Limits.POOL_BEATS && calmFor >= Limits.POOL) {
      threads.commonPool.waitNoMore();
    }
    beat();
    run.awaitCall(Limits.POLL); // beats take the cores
  }

  private boolean somebodyMoves(boolean lookAtStacks) {
    conductor.takeBackFromBlocked();
    if (conductor.turnIsTaken()) {
      return true;
    }
    boolean moves = false;
    for (Participant p : threads.stream().filter(p -> p.state == State.FREE).toList()) {
      switch (p.thread.getState()) {
        case TERMINATED -> {
          p.stand(State.ENDED);
          conductor.leave(p);
        }
        case RUNNABLE -> moves |= !lookAtStacks || !PlatformThreads.waitsForKernel(p.thread);
        case BLOCKED -> moves |= threads.arrives(p.thread) || threads.isAboutToGet(p);
        default -> moves |= threads.arrives(p.thread);
      }
    }
    return moves;
  }

  /** Nobody moves: has the turn given to the next, or sees that there is none. */
  private void decide(long calmFor) throws InterruptedException {
    boolean leftAlone = threadsMayRemain && threads.sceneIsOver();
    if (!leftAlone && calm < Limits.JUMP_BEATS && !allSurelyWait() && conductor.isTimesTurn()) {
      beat();
    } else if (!leftAlone && conductor.giveTurn()) {
      return;
    } else if (threads.allHaveEnded()) {
      run.end();
    } else if (threads.sceneIsOver()) {
      judgeLeftOver(calmFor);
    } else if ((threads.someoneWaitsForRealTime() || timersAreSet())
        && !run.snapshot().isDeadlock()) {
      awaitTime();
    } else if (allWaitForMonitors() || isSure(calmFor, Limits.STUCK)) {
      run.fail(run.snapshot().stuck());
    } else {
      beat();
      run.awaitCall(Limits.TICK);
    }
  }

  /** When the time has passed, who it wakes gets as long as anybody to move. */
  private void awaitTime() throws InterruptedException {
    waitsForTime = true;
    run.awaitCall(Limits.TICK);
    calm = 0;
    calmSince = run.lasted();
  }

  private boolean timersAreSet() {
    boolean set = (threads.doTimersWake() || !othersHadTimers) && PlatformThreads.timersAreSet();
    timersWereSet |= set;
    return set;
  }

  private boolean isSure(long calmFor, long enough) {
    boolean evenIfLate = calm >= Limits.VERDICT_BEATS && calmFor >= Limits.LATE_WAKE;
    if (wakes) {
      return evenIfLate;
    }
    boolean timersWake = threads.doTimersWake() || timersWereSet;
    return (allSurelyWait() && !timersWake)
        ? calm >= Limits.SURE_BEATS && calmFor >= Limits.SURELY_STUCK
        : evenIfLate || (calm >= Limits.VERDICT_BEATS && calmFor >= enough && !someoneConnects());
  }

  /** The kernel makes a connection or refuses it, whatever other threads do. */
  private boolean someoneConnects() {
    return threads.someoneIsInSocket("connect");
  }

  /** Who holds a monitor is known: no need to wait and see. */
  private boolean allWaitForMonitors() {
    return threads.every(p ->
        p.state == State.ENDED
            || p.state == State.JOINING
            || (p.waitsForRelease && p.isAt(Action.ENTER)));
  }

  private void judgeLeftOver(long calmFor) throws InterruptedException {
    boolean isLeft = threads.any(Snapshot::isLeftOver);
    if (!isLeft || threadsMayRemain) {
      run.end();
    } else if (threads.someoneWaitsForRealTime() || timersAreSet()) { // may wake them
      awaitTime();
    } else if (isSure(calmFor, Limits.LEFT_OVER)) {
      run.fail(run.snapshot().leftOver());
    } else {
      beat();
      run.awaitCall(Limits.TICK);
    }
  }
}

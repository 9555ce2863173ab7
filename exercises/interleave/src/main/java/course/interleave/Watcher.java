package course.interleave;

import course.interleave.Participant.State;
import course.interleave.schedule.Action;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sees whether any thread of a run can still move. If none can, it gives the turn to the next, or
 * decides that the run has come to its end, good or bad. Used by the thread that conducts the run,
 * which holds the lock of the {@link Turns} all the while.
 */
final class Watcher {
  /** For so many beats all must have waited before anyone concludes that they do. */
  private static final int BEATS = 4;

  /** The same for a verdict; on a busy machine a thread was seen to need more than 50. */
  private static final int VERDICT_BEATS = 200;

  /** The same, where every thread surely waits. */
  private static final int SURE_BEATS = 20;

  /** Threads are looked at one after another: one may wake another that was looked at before. */
  private static final int SECOND_LOOK = 1;

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long POLL = MILLI / 10;
  private static final int LOOKS_PER_POLL = 6;
  private static final long LOOK_AT_STACK = 2 * MILLI;

  /** How long nothing must move before it is called stuck. */
  private static final long STUCK = 500 * MILLI;

  /** The same, where every thread surely waits: for what nobody here knows of. */
  private static final long SURELY_STUCK = 100 * MILLI;

  private static final long LEFT_OVER = 200 * MILLI;

  /** No run may take longer. */
  static final long LIMIT = 5_000 * MILLI;

  /** A wait that is shorter is seen through to its end, even while a thread is held. */
  private static final long SHORT_WAIT = 250 * MILLI;

  private final Turns turns;
  private final CodeUnderTest code;
  private final Pace pace;
  private final boolean threadsMayRemain;
  private final boolean othersHadTimers = PlatformThreads.timersAreSet();
  private final long began = System.nanoTime();
  private long seen = -1; // of the turns' movement
  private long calmSince = began;
  private int calm; // beats since somebody was seen to move
  private int looks;
  private boolean waitsForTime;
  private boolean timersWereSet; // what a timer wakes may come late, as it is a platform thread

  Watcher(Turns turns, CodeUnderTest code, Pace pace, boolean threadsMayRemain) {
    this.turns = turns;
    this.code = code;
    this.pace = pace;
    this.threadsMayRemain = threadsMayRemain;
  }

  /** Returns when the run is over. */
  void watch(Participant body) throws InterruptedException {
    while (!turns.isOver()) {
      long now = System.nanoTime();
      boolean still = turns.movement() == seen;
      boolean moves = somebodyMoves(still && now - calmSince > LOOK_AT_STACK);
      if (!moves) {
        turns.threads.findMore();
        still = turns.movement() == seen;
      }
      calm = still && !moves ? calm + 1 : 0;
      calmSince = still ? calmSince : now;
      seen = turns.movement();
      waitsForTime &= still;
      if (now - began > LIMIT) {
        turns.fail(
            waitsForTime
                ? Report.tooLong(turns.threads.all, code)
                : Report.noProgress(turns.threads.all, code));
      } else if (moves && turns.turnSpins()) {
        turns.fail(Report.noProgress(turns.threads.all, code));
      } else if (moves) {
        lookAgainSoon();
      } else if (!allSurelyWait() && calm < BEATS) {
        beat();
      } else if (calm >= SECOND_LOOK) {
        decide(body, now - calmSince);
      }
    }
  }

  private boolean allSurelyWait() {
    return turns.threads.noneMovesBut(null);
  }

  private boolean someone(Predicate<Participant> is) {
    return turns.threads.all.stream().anyMatch(is);
  }

  /** Waits until something may have changed, and at most so long. */
  @SuppressWarnings("WaitNotInLoop") // watch() is the loop
  private void pause(long nanos) throws InterruptedException {
    turns.changed.awaitNanos(nanos);
  }

  /** Most waits begin soon: looks again once the others have run, and then again, less often. */
  @SuppressWarnings("ThreadPriorityCheck") // costs only time if the scheduler does nothing
  private void lookAgainSoon() throws InterruptedException {
    if (looks++ % LOOKS_PER_POLL != 0) {
      turns.lock.unlock();
      try {
        Thread.yield();
      } finally {
        turns.lock.lock();
      }
    } else {
      pause(POLL);
    }
  }

  private void beat() throws InterruptedException {
    turns.lock.unlock();
    try {
      pace.beat();
    } finally {
      turns.lock.lock();
    }
  }

  private boolean somebodyMoves(boolean lookAtStacks) {
    if (turns.turnIsTaken()) {
      return true;
    }
    boolean moves = false;
    for (Participant p : turns.threads.all) {
      if (p.state == State.FREE) {
        switch (p.thread.getState()) {
          case TERMINATED -> turns.ended(p);
          case RUNNABLE -> moves |= !lookAtStacks || !p.waitsForKernel();
          case BLOCKED -> moves |= turns.threads.arrives(p) || turns.threads.isAboutToGet(p);
          default -> moves |= turns.threads.arrives(p);
        }
      }
    }
    return moves;
  }

  /** Nobody moves: gives the turn to the next, or sees that there is none. */
  private void decide(Participant body, long calmFor) throws InterruptedException {
    boolean held = someone(p -> p.state == State.HELD);
    if (held && !turns.threads.someoneIsReady() && turns.expiries < 2 && somebodyWakesSoon()) {
      awaitExpiry();
    } else if (turns.giveTurn()) {
      return;
    } else if (turns.threads.allHaveEnded()) {
      turns.end();
    } else if (body.state == State.ENDED && turns.threads.tasksHaveEnded()) {
      judgeLeftOver(calmFor);
    } else if (turns.threads.someoneWaitsForTime() || timersAreSet()) {
      awaitTime();
    } else if (allWaitForMonitors() || isSure(calmFor, STUCK)) {
      turns.fail(Report.stuck(turns.threads.all, code));
    } else {
      beat();
      pause(MILLI);
    }
  }

  /** When the time has passed, who it wakes gets as long as anybody to move. */
  private void awaitTime() throws InterruptedException {
    waitsForTime = true;
    pause(MILLI);
    calm = 0;
    calmSince = System.nanoTime();
  }

  private boolean timersAreSet() {
    boolean set = (turns.threads.timersWake || !othersHadTimers) && PlatformThreads.timersAreSet();
    timersWereSet |= set;
    return set;
  }

  private boolean isSure(long calmFor, long enough) {
    boolean timersWake = turns.threads.timersWake || timersWereSet;
    return (allSurelyWait() && !timersWake)
        ? calm >= SURE_BEATS && calmFor >= SURELY_STUCK
        : calm >= VERDICT_BEATS && calmFor >= enough;
  }

  /** Who holds a monitor is known: no need to wait and see. */
  private boolean allWaitForMonitors() {
    return turns.threads.all.stream()
        .allMatch(p ->
            p.state == State.ENDED
                || p.state == State.JOINING
                || (p.waitsForRelease && p.at.action() == Action.ENTER));
  }

  private boolean somebodyWakesSoon() {
    long now = System.nanoTime();
    return someone(p ->
        p.state == State.FREE
            && p.deadline != 0
            && p.waitsWithTimeLimit()
            && p.deadline - now < SHORT_WAIT);
  }

  private void awaitExpiry() throws InterruptedException {
    long before = turns.movement();
    while (turns.movement() == before && !turns.isOver() && somebodyWakesSoon()) {
      pause(MILLI);
    }
    turns.expiries++;
  }

  private void judgeLeftOver(long calmFor) throws InterruptedException {
    List<Participant> left =
        turns.threads.all.stream()
            .filter(p -> p.state == State.FREE && !p.hasEnded())
            .filter(p -> !p.waitsWithTimeLimit() && !p.belongsToForkJoinPool())
            .toList();
    if (somebodyWakesSoon()) {
      pause(MILLI);
    } else if (left.isEmpty() || threadsMayRemain) {
      turns.end();
    } else if (timersAreSet()) { // may wake them
      awaitTime();
    } else if (isSure(calmFor, LEFT_OVER)) {
      turns.fail(Report.leftOver(left, code));
    } else {
      beat();
      pause(MILLI);
    }
  }
}

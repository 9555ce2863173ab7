package course.interleave.turns;

import course.interleave.schedule.Question;
import course.interleave.turns.Outcome.Event;
import course.interleave.turns.Participant.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives the turn: nobody else does. It is asked to by who leaves its turn, if it is sure that
 * nobody moves, and else by the {@link Watcher}. Guarded by the lock of the run.
 */
final class Conductor {
  private final RunState run;
  private final Threads threads;
  private Participant turn;
  private long turnSince; // as the run had lasted then
  private Participant lastSpinner;
  private long spinningSince = -1; // the same; -1 if nobody spins
  private int jumps; // how often time has passed during the present hold
  private int spins; // how often one that looks at the clock had its turn during it
  private int wakeUps; // that nobody meant

  Conductor(RunState run) {
    this.run = run;
    threads = run.threads;
  }

  void begin(Participant first) {
    turn = first;
  }

  boolean isTurnOf(Participant one) {
    return turn == one;
  }

  /** Returns whether a thread has the turn and is about to wake up for it. */
  boolean turnIsTaken() {
    return turn != null && turn.state != State.FREE && turn.state != State.ENDED;
  }

  /**
   * Takes the turn back from one that can't wake up for it: code that is not under test enters
   * monitors without a turn, and may have been quicker.
   */
  void takeBackFromBlocked() {
    if (turnIsTaken() && turn.wait != null && threads.isBlocked(turn)) {
      turn.awaitRelease();
      drop(turn);
    }
  }

  /** Returns whether the one that has the turn does not come to an end of it. */
  boolean turnSpins() {
    return turn != null
        && turn.streak > Limits.POINTS_ALONE
        && run.lasted() - turnSince > Limits.SPINNING;
  }

  /** A thread has no turn any more; who is next is for the watcher to see. */
  void drop(Participant me) {
    turn = turn == me ? null : turn;
  }

  /** A thread has no turn any more, and the next has it at once if it is sure who that is. */
  void leave(Participant me) {
    run.moved();
    drop(me);
    boolean sure = threads.noneMovesBut(me) && !threads.someoneWaitsForRealTime();
    if (run.isOver() || turn != null || !sure || !giveTurn()) {
      run.callWatcher();
    }
  }

  /** Returns whether the next that happens is that time passes, as far as it is not by chance. */
  boolean isTimesTurn() {
    return isTurnOfTime(threads.firstToRunOut());
  }

  private boolean isTurnOfTime(Participant sleeper) {
    if (sleeper == null || threads.any(p -> threads.canGoOn(p) && !p.spins)) {
      return false;
    }
    boolean isHeld = threads.any(p -> p.state == State.HELD);
    return !isHeld || (sleeper.limit.mayComeEarly() && jumps < Limits.JUMPS_PER_HOLD);
  }

  /**
   * Gives the turn to who is ready, or lets a time limit come, or gives the turn to who has been
   * held longest. It must be sure that nobody moves.
   *
   * @return whether there was anything to do
   */
  boolean giveTurn() {
    if (threads.tasksHaveEnded()) {
      threads.stream().filter(p -> p.state == State.JOINING).forEach(p -> p.stand(State.READY));
    }
    Participant sleeper = threads.firstToRunOut();
    if (isTurnOfTime(sleeper) || timePassesByChance(sleeper)) {
      return letTimePass(sleeper);
    }
    Participant unasked = wakesUpByChance();
    if (unasked != null) {
      return wakeUp(unasked);
    }
    Participant next = nextReady();
    Participant held =
        threads.stream()
            .filter(p -> p.state == State.HELD)
            .min(Comparator.comparingLong(p -> p.heldSince))
            .orElse(null);
    if (held != null && (next == null || (next.spins && !mayGiveUp(next)))) {
      if (held.wait != null && threads.isBlocked(held)) {
        held.awaitRelease(); // it could not even wake up
        return giveTurn();
      }
      jumps = 0;
      spins = 0;
      threads.nobodySpins();
      next = held;
    }
    if (next != null) {
      giveTurn(next);
    }
    return next != null;
  }

  /** One that spins until a lock is free, say, may do so until it is too late for its taste. */
  private boolean mayGiveUp(Participant spinner) {
    return spinner.hasReadClock() && spins++ < Limits.SPINS_PER_HOLD;
  }

  private boolean timePassesByChance(Participant sleeper) {
    return sleeper != null
        && sleeper.limit.mayComeEarly()
        && threads.noneMovesBut(null)
        && run.history.isYes(new Question.RunsOut(sleeper.number));
  }

  private boolean letTimePass(Participant sleeper) {
    long passes = Math.max(sleeper.limit.end - run.clock.now(), 0);
    run.clock.goTo(sleeper.limit.end);
    if (run.clock.hasGoneOnForEver()) {
      run.fail(threads.sceneIsOver() ? run.snapshot().leftOver() : run.snapshot().noProgress());
      return true;
    }
    jumps++;
    threads.nobodySpins(); // they may have waited for this
    run.moved();
    run.history.runsOut(sleeper, passes, threads.someoneAwaitsIo());
    sleeper.runOut();
    return sleeper.wait == null || giveTurn(); // who waits in a call of the JDK wakes up by itself
  }

  /** Returns who wakes up though nobody means it, while others could move; null if nobody does. */
  private Participant wakesUpByChance() {
    boolean othersCould = threads.any(p -> threads.canGoOn(p) || p.state == State.HELD);
    if (wakeUps == Limits.WAKE_UPS || !othersCould || !threads.noneMovesBut(null)) {
      return null;
    }
    return threads.stream()
        .filter(threads::mayWakeUp)
        .filter(p -> run.history.isYes(new Question.WakesUp(p.number)))
        .findFirst()
        .orElse(null);
  }

  private boolean wakeUp(Participant sleeper) {
    wakeUps++;
    run.moved();
    run.history.step(sleeper, Event.WAKES_UP);
    sleeper.wakeUpUnasked();
    return sleeper.wait == null || giveTurn(); // who is in a call of the JDK wakes up by itself
  }

  private void giveTurn(Participant next) {
    if (!next.spins) {
      spinningSince = -1;
      run.clock.nobodySpins();
    } else if (spinningSince < 0) {
      spinningSince = run.lasted();
    } else if (run.lasted() - spinningSince > Limits.SPINNING) {
      run.fail(run.snapshot().noProgress());
      return;
    } else {
      run.clock.goOnForSpinners();
    }
    turn = next;
    turnSince = run.lasted();
    lastSpinner = next.spins ? next : lastSpinner;
    run.moved();
    run.rouse(next);
  }

  private Participant nextReady() {
    var ready = new ArrayList<Participant>();
    var spinning = new ArrayList<Participant>();
    threads.stream().filter(threads::canGoOn).forEach(p -> (p.spins ? spinning : ready).add(p));
    if (!ready.isEmpty()) {
      return choose(ready);
    }
    if (!spinning.isEmpty()) { // those that spin take turns
      int last = lastSpinner == null ? -1 : lastSpinner.number;
      return spinning.stream().filter(p -> p.number > last).findFirst().orElse(spinning.getFirst());
    }
    return null;
  }

  /** Has the schedule choose; there must be one to choose. */
  Participant choose(List<Participant> among) {
    return among.size() == 1
        ? among.getFirst()
        : among.get(run.history.ask(new Question.Next(among.stream().map(p -> p.number).toList())));
  }
}

package course.interleave.turns;

import course.interleave.schedule.Question;
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
  private long turnSince; // as System.nanoTime
  private Participant lastSpinner;
  private long spinningSince; // the same; 0 if nobody spins
  private int expiries; // how many short waits were seen through during the present hold

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

  /** Returns whether the one that has the turn does not come to an end of it. */
  boolean turnSpins() {
    return turn != null
        && turn.streak > Limits.POINTS_ALONE
        && System.nanoTime() - turnSince > Limits.SPINNING;
  }

  /** A short wait ought to be seen through; returns whether it is not the last one to be. */
  boolean mayExpire() {
    return expiries < Limits.EXPIRIES_PER_HOLD;
  }

  void expired() {
    expiries++;
  }

  /** A thread has no turn any more; who is next is for the watcher to see. */
  void drop(Participant me) {
    turn = turn == me ? null : turn;
  }

  /** A thread has no turn any more, and the next has it at once if it is sure who that is. */
  void leave(Participant me) {
    run.moved();
    drop(me);
    boolean sure = threads.noneMovesBut(me) && !threads.someoneWaitsForTime();
    if (run.isOver() || turn != null || !sure || !giveTurn()) {
      run.callWatcher();
    }
  }

  /** Gives the turn to who is ready, or else to who has been held longest, if there is anyone. */
  boolean giveTurn() {
    if (threads.tasksHaveEnded()) {
      threads.stream().filter(p -> p.state == State.JOINING).forEach(p -> p.stand(State.READY));
    }
    Participant next = nextReady();
    Participant held =
        threads.stream()
            .filter(p -> p.state == State.HELD)
            .min(Comparator.comparingLong(p -> p.heldSince))
            .orElse(null);
    if (held != null && (next == null || next.spins)) {
      if (held.wait != null && threads.isBlocked(held)) {
        held.awaitRelease(); // it could not even wake up
        return giveTurn();
      }
      expiries = 0;
      threads.stream().forEach(p -> p.spins(false));
      next = held;
    }
    if (next != null) {
      giveTurn(next);
    }
    return next != null;
  }

  private void giveTurn(Participant next) {
    long now = System.nanoTime();
    if (!next.spins) {
      spinningSince = 0;
    } else if (spinningSince == 0) {
      spinningSince = now;
    } else if (now - spinningSince > Limits.SPINNING) {
      run.fail(run.snapshot().noProgress());
      return;
    }
    turn = next;
    turnSince = now;
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

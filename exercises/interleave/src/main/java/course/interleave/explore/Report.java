package course.interleave.explore;

import course.interleave.Foreign;
import course.interleave.explore.Result.Finding;
import course.interleave.schedule.Point;
import course.interleave.schedule.Schedule;
import course.interleave.turns.Failure;
import course.interleave.turns.Failure.Late;
import course.interleave.turns.Failure.Standing;
import course.interleave.turns.Failure.Waiting;
import course.interleave.turns.Outcome;
import course.interleave.turns.Outcome.Event;
import course.interleave.turns.Outcome.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Puts into words what came of a run, for a student to read. */
final class Report {
  private static final int MAXIMUM_ACTIONS = 8;

  /** Of a long story, the middle is left out. */
  private static final int FIRST_LINES = 20;

  private static final int LAST_LINES = 30;

  /** Of threads that stand in the same place, so many are named besides the first. */
  private static final int NAMED = 3;

  private Report() {}

  /**
   * Returns the whole report of a failed run.
   *
   * @param number which of the runs it was
   */
  static Finding finding(Outcome outcome, Schedule schedule, int number) {
    Throwable cause = outcome.failure() instanceof Failure.Thrown thrown ? thrown.cause() : null;
    var text = new StringBuilder();
    text.append(what(outcome.failure()))
        .append("\n\nIt happened in this order of steps (order ")
        .append(number)
        .append(" that was tried):\n");
    List<String> lines = tell(outcome.steps());
    int left = lines.size() - FIRST_LINES - LAST_LINES;
    for (int i = 0; i < lines.size(); i++) {
      if (i == FIRST_LINES && left > 1) {
        text.append("  ... ").append(left).append(" of these are left out ...\n");
        i += left;
      }
      text.append("  ").append(i + 1).append(". ").append(lines.get(i)).append('\n');
    }
    String replay = schedule.toString();
    text.append(
        replay.isEmpty()
            ? "\nNobody was held up: it goes wrong each time.\n"
            : "\nTo run just this order again, put before explore(...):\n  .replay(\""
                + replay
                + "\")\n");
    return new Finding(text.toString(), replay, cause);
  }

  /** One line for each time that another thread has its turn, and for each hold. */
  private static List<String> tell(List<Step> steps) {
    var lines = new ArrayList<String>();
    var actions = new ArrayList<String>();
    String thread = null;
    for (Step step : steps) {
      if (!step.thread().equals(thread) || step.event() != Event.PASSES) {
        add(lines, thread, actions);
        thread = step.thread();
      }
      switch (step.event()) {
        case PASSES -> actions.add(done(step.point()));
        case IS_HELD -> lines.add(quoted(thread) + " is held " + about(step.point()));
        case IS_RELEASED -> lines.add(quoted(thread) + " is let go, as no other thread can move");
        case WAKES_UP -> lines.add(wakesUp(step));
        case RUNS_OUT -> lines.add(passes(step));
        case RUNS_OUT_DURING_IO -> lines.add(passes(step) + ", while a socket is silent");
      }
    }
    add(lines, thread, actions);
    return lines;
  }

  private static String wakesUp(Step step) {
    String method = step.point().subject().replaceFirst(".*[.]", "");
    return "%s wakes up without a signal in its %s, as the Javadoc of %s allows"
        .formatted(quoted(step.thread()), done(step.point()), method);
  }

  private static String passes(Step step) {
    return time(step.nanos())
        + " passes: the time of "
        + quoted(step.thread())
        + " runs out"
        + (step.point().isAnywhere() ? "" : " in its " + done(step.point()));
  }

  private static String time(long nanos) {
    Duration time = Duration.ofNanos(nanos);
    return nanos % 1_000_000_000 == 0
        ? time.toSeconds() + " s"
        : nanos % 1_000_000 == 0 ? time.toMillis() + " ms" : time.toNanos() + " ns";
  }

  private static void add(List<String> lines, String thread, List<String> actions) {
    if (actions.isEmpty()) {
      return;
    }
    int left = actions.size() - MAXIMUM_ACTIONS;
    if (left > 1) {
      lines.add(quoted(thread) + " runs: " + left + " steps, then");
    } else {
      lines.add(quoted(thread) + " runs:");
    }
    String last = lines.removeLast();
    var text = new StringBuilder(last);
    for (String action : actions.subList(left > 1 ? left : 0, actions.size())) {
      text.append("\n       ").append(action);
    }
    lines.add(text.toString());
    actions.clear();
  }

  /** Says where a thread is and what it is about to do. */
  private static String about(Point point) {
    return point.isAnywhere()
        ? "about to " + words(point)
        : "at " + point.place() + " (line " + point.line() + "), about to " + words(point);
  }

  /** Says what a thread did, and where. */
  private static String done(Point point) {
    return point.isAnywhere()
        ? words(point)
        : words(point) + " (" + point.place() + ", line " + point.line() + ")";
  }

  private static String words(Point point) {
    return switch (point.action()) {
      case START -> "start";
      case READ -> "read " + point.subject();
      case WRITE -> "write " + point.subject();
      case ENTER -> "enter " + point.subject();
      case REACQUIRE -> "take the lock back";
      case MAKE -> "make " + point.subject();
      case LOOP -> "go round in a loop";
      case RESUME -> "go on";
      case LOCK, UNLOCK, WAIT, NOTIFY, PARK, JOIN, CALL, CHANGE, YIELD -> "call " + point.subject();
    };
  }

  /** A thread may be called "waits" or "holds", which would not stand out in a sentence. */
  private static String quoted(String thread) {
    return '"' + thread + '"';
  }

  private static String what(Failure failure) {
    return switch (failure) {
      case Failure.Thrown(String thread, Throwable cause) -> thread + " failed: " + oneLine(cause);
      case Failure.Stuck(var threads, var cycle, Late late) ->
          (cycle.isEmpty() ? stuck(late) : "deadlock: " + deadlock(cycle)) + standing(threads);
      case Failure.NoProgress(var threads) ->
          "no progress: the threads go on and on, and come to no end" + standing(threads);
      case Failure.TooLong(var threads) ->
          "too long: after 5 s it still waits for a real time to pass; use shorter ones in a test"
              + standing(threads);
      case Failure.LeftOver(var threads) ->
          (threads.size() == 1 ? "1 thread is" : threads.size() + " threads are")
              + " left over: the scenario has ended, and nobody will ever wake them"
              + standing(threads);
      case Failure.Conflict(String type, String one, Point at, String other, Point otherAt) ->
          "two threads are in the same %s at once, which is not made for that: %s is %s, and %s is %s"
              .formatted(type, quoted(one), about(at), quoted(other), about(otherAt));
    };
  }

  private static String oneLine(Throwable thrown) {
    String told = Foreign.thrown(thrown);
    return thrown instanceof AssertionError ? told.substring(told.indexOf(':') + 1).strip() : told;
  }

  private static String stuck(Late late) {
    return late == null
        ? "stuck: every thread waits, and nobody is left to wake them"
        : "stuck: every thread waits, and nobody wakes them before %s has waited for %d s"
            .formatted(quoted(late.thread()), late.seconds());
  }

  private static String deadlock(List<Waiting> cycle) {
    return cycle.stream()
        .map(w ->
            "%s waits for the lock of %s #%d, which %s holds"
                .formatted(quoted(w.thread()), w.lockType(), w.number(), quoted(w.owner())))
        .collect(Collectors.joining("; "));
  }

  /** One entry for all threads that stand in the same place: there may be hundreds. */
  private static String standing(List<Standing> threads) {
    var alike = new LinkedHashMap<String, List<String>>(); // where they stand, to their names
    for (Standing thread : threads) {
      alike.computeIfAbsent(where(thread), _ -> new ArrayList<>()).add(quoted(thread.thread()));
    }
    var text = new StringBuilder();
    alike.forEach((where, names) -> {
      text.append("\n  ").append(names.getFirst()).append(where);
      if (names.size() > 1) {
        text.append("\n  likewise ").append(some(names.subList(1, names.size())));
      }
    });
    return text.toString();
  }

  private static String some(List<String> names) {
    return names.size() <= NAMED ? String.join(", ", names) : names.size() + " others";
  }

  private static String where(Standing thread) {
    var text = new StringBuilder();
    switch (thread.stage()) {
      case JOINING -> text.append(" waits for the threads that it started");
      case PAST_ITS_POINT ->
          text.append(thread.at() == null ? "" : ": its last step was " + done(thread.at()));
      case BEFORE_ITS_POINT ->
          text.append(thread.at() == null ? " has started a thread" : " is " + about(thread.at()));
    }
    text.append(thread.owner() == null ? "" : ", which " + quoted(thread.owner()) + " holds");
    for (StackTraceElement frame : thread.frames()) {
      text.append("\n      in ").append(frame.getClassName()).append('.');
      text.append(frame.getMethodName());
      text.append(frame.getLineNumber() > 0 ? " (line " + frame.getLineNumber() + ")" : "");
    }
    return text.toString();
  }
}

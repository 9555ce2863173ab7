package course.interleave;

import course.interleave.Outcome.Event;
import course.interleave.Outcome.Step;
import course.interleave.schedule.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** Puts into words what a student reads. */
final class Report {
  private static final int MOST_ACTIONS = 8;

  /** Of a long story, the middle is left out. */
  private static final int FIRST_LINES = 20;

  private static final int LAST_LINES = 30;

  private Report() {}

  /** Returns the whole report of a failed run. */
  static String of(Outcome outcome, Schedule schedule, int explored) {
    var text = new StringBuilder();
    text.append(outcome.failure().what())
        .append("\n\nIt happened in this order of steps (order ")
        .append(explored)
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
    return text.toString();
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
        case IS_HELD -> lines.add(thread + " is held " + about(step.point()));
        case IS_RELEASED -> lines.add(thread + " is let go, as no other thread can move");
      }
    }
    add(lines, thread, actions);
    return lines;
  }

  private static void add(List<String> lines, String thread, List<String> actions) {
    if (actions.isEmpty()) {
      return;
    }
    int left = actions.size() - MOST_ACTIONS;
    if (left > 1) {
      lines.add(thread + " runs: " + left + " steps, then");
    } else {
      lines.add(thread + " runs:");
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
      case LOCK, UNLOCK, WAIT, NOTIFY, PARK, CALL, CHANGE, YIELD -> "call " + point.subject();
    };
  }

  static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    return thrown instanceof AssertionError && message != null
        ? message.strip()
        : message == null ? name : name + ": " + message.strip();
  }

  static String conflict(Participant one, Participant other) {
    return "two threads are in the same "
        + one.target.getClass().getSimpleName()
        + " at once, which is not made for that: "
        + one.name
        + " is "
        + about(one.at)
        + ", and "
        + other.name
        + " is "
        + about(other.at);
  }

  static String noProgress(Collection<Participant> participants, CodeUnderTest code) {
    return "no progress: the threads go on and on, and come to no end"
        + threads(participants, code);
  }

  static String tooLong(Collection<Participant> participants, CodeUnderTest code) {
    return "too long: after 5 s it still waits for a time to pass; use shorter times in a test"
        + threads(participants, code);
  }

  static String leftOver(Collection<Participant> left, CodeUnderTest code) {
    return (left.size() == 1 ? "1 thread is" : left.size() + " threads are")
        + " left over: the scenario has ended, and nobody will ever wake them"
        + threads(left, code);
  }

  static String stuck(Collection<Participant> participants, CodeUnderTest code) {
    List<String> cycle = cycle(participants);
    String late = late(participants);
    String stuck =
        late.isEmpty()
            ? "stuck: every thread waits, and nobody is left to wake them"
            : "stuck: every thread waits, and nobody wakes them before " + late;
    return (cycle.isEmpty() ? stuck : "deadlock: " + String.join("; ", cycle))
        + threads(participants, code);
  }

  /** Returns whose wait ends by itself, and when; empty if nobody's does. */
  private static String late(Collection<Participant> participants) {
    return participants.stream()
        .filter(p -> p.waitsLongerThan(0))
        .min(Comparator.comparingLong(p -> p.deadline))
        .map(p -> {
          long seconds = TimeUnit.NANOSECONDS.toSeconds(p.deadline - System.nanoTime()) + 1;
          return p.name + " has waited for " + seconds + " s";
        })
        .orElse("");
  }

  private static String threads(Collection<Participant> participants, CodeUnderTest code) {
    var text = new StringBuilder();
    for (Participant p : participants) {
      if (!p.hasEnded()) {
        text.append("\n  ").append(p.name);
        if (p.state == Participant.State.JOINING) {
          text.append(" waits for the threads that it started");
        } else if (p.at != null && p.state == Participant.State.FREE) {
          text.append(": its last step was ").append(done(p.at));
        } else if (p.at != null) {
          text.append(" is ").append(about(p.at));
        }
        Participant owner = owner(p, participants);
        if (owner != null) {
          text.append(", which ").append(owner.name).append(" holds");
        }
        for (StackTraceElement frame : p.thread.getStackTrace()) {
          if (code.reloads(frame.getClassName())) {
            text.append("\n      in ").append(frame.getClassName()).append('.');
            text.append(frame.getMethodName());
            if (frame.getLineNumber() > 0) {
              text.append(" (line ").append(frame.getLineNumber()).append(')');
            }
          }
        }
      }
    }
    return text.toString();
  }

  /** Follows who waits for whose lock until it comes round. */
  private static List<String> cycle(Collection<Participant> participants) {
    for (Participant start : participants) {
      var names = new IdentityHashMap<Object, String>();
      var cycle = new ArrayList<String>();
      Participant waiting = start;
      while (waiting != null && cycle.size() <= participants.size()) {
        Participant owner = owner(waiting, participants);
        if (owner == null) {
          break;
        }
        cycle.add(
            waiting.name
                + " waits for "
                + name(waiting.target, names)
                + ", which "
                + owner.name
                + " holds");
        if (owner == start) {
          return cycle;
        }
        waiting = owner;
      }
    }
    return List.of();
  }

  @SuppressWarnings("ReferenceEquality") // the same lock, not an equal one
  private static Participant owner(Participant waiting, Collection<Participant> participants) {
    boolean waitsForSignal =
        waiting.isInWait() && waiting.thread.getState() != Thread.State.BLOCKED;
    if (waiting.target == null
        || waiting.hasEnded()
        || waitsForSignal
        || holdsLock(waiting, waiting.target)) {
      return null;
    }
    for (Participant other : participants) {
      if (other != waiting
          && (other.holdsMonitor(waiting.target) || holdsLock(other, waiting.target))) {
        return other;
      }
    }
    return null;
  }

  /** A lock of the JDK tells who holds it, but in words only. */
  private static boolean holdsLock(Participant participant, Object lock) {
    return lock instanceof Lock
        && lock.toString().endsWith("ocked by thread " + participant.thread.getName() + "]");
  }

  private static String name(Object lock, Map<Object, String> names) {
    return names.computeIfAbsent(
        lock, l -> "the lock of " + l.getClass().getSimpleName() + " #" + (names.size() + 1));
  }
}

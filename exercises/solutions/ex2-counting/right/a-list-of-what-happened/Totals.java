package course.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Counts the messages of all connections. The handlers call it, any number of them at once.
 *
 * <p>Nothing is counted but for a snapshot: what happened is written down, and one who wants to
 * know reads a copy of it.
 */
final class Totals {
  private static final int BEGIN = 0; // connections are numbered from 1

  private final Semaphore turn = new Semaphore(1, true);
  private final List<Integer> happened = new ArrayList<>(); // by whoever has the turn

  /**
   * What the totals were at one moment.
   *
   * @param replied messages that were replied to, of all connections
   * @param inFlight messages that are handled and not yet replied to
   * @param mostInFlight the most that there ever were in flight at once
   * @param byConnection messages that were replied to, by the number of their connection
   */
  record Snapshot(int replied, int inFlight, int mostInFlight, Map<Integer, Integer> byConnection) {

    private static Snapshot of(List<Integer> happened) {
      int inFlight = 0;
      int most = 0;
      for (int what : happened) {
        inFlight += what == BEGIN ? 1 : -1;
        most = Math.max(most, inFlight);
      }
      Map<Integer, Integer> each =
          happened.stream()
              .filter(what -> what != BEGIN)
              .collect(groupingBy(connection -> connection, summingInt(reply -> 1)));
      int replied = (happened.size() - inFlight) / 2;
      return new Snapshot(replied, inFlight, most, each);
    }
  }

  /** Counts a message whose handling begins. */
  void begins() {
    add(BEGIN);
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    add(connection);
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    List<Integer> copy;
    turn.acquireUninterruptibly();
    try {
      copy = List.copyOf(happened);
    } finally {
      turn.release();
    }
    return Snapshot.of(copy);
  }

  private void add(int what) {
    turn.acquireUninterruptibly();
    try {
      happened.add(what);
    } finally {
      turn.release();
    }
  }
}

package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the messages of all connections. The handlers call it, any number of them at once.
 *
 * <p>A reply is one single atomic step, the merge into the map; all else is computed from the map
 * and from the number of messages that ever began. So nothing can be half done.
 */
final class Totals {
  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
  private int begun;
  private int mostInFlight;

  /**
   * What the totals were at one moment.
   *
   * @param replied messages that were replied to, of all connections
   * @param inFlight messages that are handled and not yet replied to
   * @param mostInFlight the most that there ever were in flight at once
   * @param byConnection messages that were replied to, by the number of their connection
   */
  record Snapshot(
      int replied, int inFlight, int mostInFlight, Map<Integer, Integer> byConnection) {}

  /** Counts a message whose handling begins. */
  synchronized void begins() {
    begun++;
    mostInFlight = Math.max(mostInFlight, begun - sum(byConnection));
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    byConnection.merge(connection, 1, Integer::sum);
  }

  /** Returns all totals of this moment, which do not change any more. */
  synchronized Snapshot snapshot() {
    Map<Integer, Integer> copy = Map.copyOf(byConnection);
    int replied = sum(copy); // of the copy, so that they fit together
    return new Snapshot(replied, begun - replied, mostInFlight, copy);
  }

  private static int sum(Map<Integer, Integer> counts) {
    int sum = 0;
    for (int count : counts.values()) {
      sum += count;
    }
    return sum;
  }
}

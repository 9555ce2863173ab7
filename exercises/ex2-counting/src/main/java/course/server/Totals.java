package course.server;

import java.util.HashMap;
import java.util.Map;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final Map<Integer, Integer> byConnection = new HashMap<>();
  private int replied;
  private int inFlight;
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

  // TODO: each line below looks like one step. How many are they, and what if another handler
  // comes in between?

  /** Counts a message whose handling begins. */
  void begins() {
    inFlight++;
    if (inFlight > mostInFlight) {
      mostInFlight = inFlight;
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    inFlight--;
    replied++;
    byConnection.put(connection, byConnection.getOrDefault(connection, 0) + 1);
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    return new Snapshot(replied, inFlight, mostInFlight, byConnection);
  }
}

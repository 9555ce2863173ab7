package course.server;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the messages of all connections. The handlers call it, any number of them at once.
 *
 * <p>All that is counted is one value that never changes, and each method puts another in its
 * place. Its map is wrapped each time, also where it was wrapped before.
 */
final class Totals {
  private Snapshot now = new Snapshot(0, 0, 0, Map.of()); // guarded by this

  /**
   * What the totals were at one moment.
   *
   * @param replied messages that were replied to, of all connections
   * @param inFlight messages that are handled and not yet replied to
   * @param mostInFlight the most that there ever were in flight at once
   * @param byConnection messages that were replied to, by the number of their connection
   */
  record Snapshot(int replied, int inFlight, int mostInFlight, Map<Integer, Integer> byConnection) {
    Snapshot {
      byConnection = Collections.unmodifiableMap(byConnection);
    }
  }

  /** Counts a message whose handling begins. */
  synchronized void begins() {
    int inFlight = now.inFlight() + 1;
    int most = Math.max(now.mostInFlight(), inFlight);
    now = new Snapshot(now.replied(), inFlight, most, now.byConnection());
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  synchronized void replied(int connection) {
    var byConnection = new HashMap<>(now.byConnection());
    byConnection.merge(connection, 1, Integer::sum);
    now = new Snapshot(now.replied() + 1, now.inFlight() - 1, now.mostInFlight(), byConnection);
  }

  /** Returns all totals of this moment, which do not change any more. */
  synchronized Snapshot snapshot() {
    return now;
  }
}

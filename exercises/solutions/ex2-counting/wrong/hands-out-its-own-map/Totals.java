package course.server;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Says "read only", which it is; it still changes. */
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

  synchronized void begins() {
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
  }

  synchronized void replied(int connection) {
    inFlight--;
    replied++;
    byConnection.merge(connection, 1, Integer::sum);
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(replied, inFlight, mostInFlight, Collections.unmodifiableMap(byConnection));
  }
}

package course.server;

import java.util.HashMap;
import java.util.Map;

/** One lock for begins and one for replied: they change the same number. */
final class Totals {
  private final Map<Integer, Integer> byConnection = new HashMap<>();
  private int replied;
  private int inFlight;
  private int mostInFlight;
  private final Object beginning = new Object();
  private final Object replying = new Object();

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

  void begins() {
    synchronized (beginning) {
      inFlight++;
      mostInFlight = Math.max(mostInFlight, inFlight);
    }
  }

  void replied(int connection) {
    synchronized (replying) {
      inFlight--;
      replied++;
      byConnection.merge(connection, 1, Integer::sum);
    }
  }

  Snapshot snapshot() {
    synchronized (beginning) {
      synchronized (replying) {
        return new Snapshot(replied, inFlight, mostInFlight, Map.copyOf(byConnection));
      }
    }
  }
}

package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final AtomicReference<Snapshot> totals =
      new AtomicReference<>(new Snapshot(0, 0, 0, Map.of()));

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
  void begins() {
    int most = totals.get().mostInFlight();
    totals.updateAndGet(t -> {
      int now = t.inFlight() + 1;
      return new Snapshot(t.replied(), now, Math.max(most, now), t.byConnection());
    });
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    totals.updateAndGet(t -> {
      var byConnection = new HashMap<>(t.byConnection());
      byConnection.merge(connection, 1, Integer::sum);
      return new Snapshot(
          t.replied() + 1, t.inFlight() - 1, t.mostInFlight(), Map.copyOf(byConnection));
    });
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    return totals.get();
  }
}

package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Each total is exact; a snapshot reads them one after another. */
final class Totals {
  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
  private final AtomicInteger replied = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

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
    int now = inFlight.incrementAndGet();
    mostInFlight.accumulateAndGet(now, Math::max);
  }

  void replied(int connection) {
    inFlight.decrementAndGet();
    replied.incrementAndGet();
    byConnection.merge(connection, 1, Integer::sum);
  }

  Snapshot snapshot() {
    return new Snapshot(
        replied.get(), inFlight.get(), mostInFlight.get(), Map.copyOf(byConnection));
  }
}

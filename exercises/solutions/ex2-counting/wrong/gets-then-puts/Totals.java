package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the messages of all connections. The handlers call it, any number of them at once.
 *
 * <p>One lock for all of it: the totals are one state, and a snapshot must not see half a change.
 * Atomic variables would each be right by themselves, and wrong together.
 */
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

  /** Counts a message whose handling begins. */
  void begins() {
    int now = inFlight.incrementAndGet();
    mostInFlight.accumulateAndGet(now, Math::max);
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    inFlight.decrementAndGet();
    replied.incrementAndGet();
    byConnection.put(connection, byConnection.getOrDefault(connection, 0) + 1);
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    return new Snapshot(
        replied.get(), inFlight.get(), mostInFlight.get(), Map.copyOf(byConnection));
  }
}

package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private static final int ALL = 32;

  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
  private final AtomicInteger replied = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

  // Up to 32 handlers count at once; who has all the permits is alone.
  private final Semaphore permits = new Semaphore(ALL);

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
    permits.acquireUninterruptibly();
    try {
      int now = inFlight.incrementAndGet();
      mostInFlight.accumulateAndGet(now, Math::max);
    } finally {
      permits.release();
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    permits.acquireUninterruptibly();
    try {
      inFlight.decrementAndGet();
      replied.incrementAndGet();
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      permits.release();
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    for (int i = 0; i < ALL; i++) {
      permits.acquireUninterruptibly(); // waits for those who are counting
    }
    try {
      return new Snapshot(
          replied.get(), inFlight.get(), mostInFlight.get(), new HashMap<>(byConnection));
    } finally {
      permits.release(ALL);
    }
  }
}

package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final StampedLock still = new StampedLock();
  private final Map<Integer, Object> locks = new ConcurrentHashMap<>(); // of busy connections
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
    long stamp = still.readLock();
    try {
      mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    } finally {
      still.unlockRead(stamp);
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    long stamp = still.readLock();
    try {
      inFlight.decrementAndGet();
      replied.incrementAndGet();
      synchronized (locks.computeIfAbsent(connection, c -> new Object())) {
        Integer before = byConnection.get(connection);
        byConnection.put(connection, before == null ? 1 : before + 1);
        locks.remove(connection); // or there would be one for each connection that ever was
      }
    } finally {
      still.unlockRead(stamp);
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    long stamp = still.writeLock();
    try {
      return new Snapshot(
          replied.get(), inFlight.get(), mostInFlight.get(), Map.copyOf(byConnection));
    } finally {
      still.unlockWrite(stamp);
    }
  }
}

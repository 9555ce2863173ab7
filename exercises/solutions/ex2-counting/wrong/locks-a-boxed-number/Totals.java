package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  /** The counting is shared, a snapshot is alone. */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

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
    lock.readLock().lock();
    try {
      mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    lock.readLock().lock();
    try {
      inFlight.decrementAndGet();
      replied.incrementAndGet();
      Object key = connection;
      synchronized (key) { // only the handlers of one connection get in each other's way
        byConnection.put(connection, byConnection.getOrDefault(connection, 0) + 1);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    lock.writeLock().lock();
    try {
      return new Snapshot(
          replied.get(), inFlight.get(), mostInFlight.get(), Map.copyOf(byConnection));
    } finally {
      lock.writeLock().unlock();
    }
  }
}

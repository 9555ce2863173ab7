package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final StampedLock lock = new StampedLock();
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
    long stamp = lock.readLock(); // shared: only a snapshot needs all to be still
    try {
      mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    long stamp = lock.readLock();
    try {
      inFlight.decrementAndGet();
      int before = replied.get();
      if (!replied.compareAndSet(before, before + 1)) {
        before = replied.get(); // somebody was faster: once more
        replied.compareAndSet(before, before + 1);
      }
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    long stamp = lock.writeLock();
    try {
      return new Snapshot(
          replied.get(), inFlight.get(), mostInFlight.get(), Map.copyOf(byConnection));
    } finally {
      lock.unlockWrite(stamp);
    }
  }
}

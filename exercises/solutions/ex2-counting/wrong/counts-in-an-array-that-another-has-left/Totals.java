package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.StampedLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final StampedLock lock = new StampedLock(); // read: changes; write: a snapshot
  private final AtomicInteger replied = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile AtomicIntegerArray byConnection = new AtomicIntegerArray(4);

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
    long stamp = lock.readLock();
    try {
      int now = inFlight.incrementAndGet();
      mostInFlight.getAndUpdate(most -> Math.max(most, now));
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    long stamp = lock.readLock();
    try {
      inFlight.decrementAndGet();
      replied.incrementAndGet();
      if (connection >= byConnection.length()) {
        grow(connection + 1);
      }
      byConnection.incrementAndGet(connection);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private synchronized void grow(int length) {
    AtomicIntegerArray old = byConnection;
    if (old.length() < length) { // another thread may have been faster
      var longer = new AtomicIntegerArray(Math.max(length, 2 * old.length()));
      for (int i = 0; i < old.length(); i++) {
        longer.set(i, old.get(i));
      }
      byConnection = longer;
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    long stamp = lock.writeLock();
    try {
      Map<Integer, Integer> counts = new HashMap<>();
      for (int i = 0; i < byConnection.length(); i++) {
        if (byConnection.get(i) > 0) {
          counts.put(i, byConnection.get(i));
        }
      }
      return new Snapshot(replied.get(), inFlight.get(), mostInFlight.get(), Map.copyOf(counts));
    } finally {
      lock.unlockWrite(stamp);
    }
  }
}

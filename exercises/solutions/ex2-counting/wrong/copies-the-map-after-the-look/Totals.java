package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final StampedLock lock = new StampedLock();
  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
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

  /** Counts a message whose handling begins. */
  void begins() {
    long stamp = lock.writeLock();
    try {
      inFlight++;
      if (inFlight > mostInFlight) {
        mostInFlight = inFlight;
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    long stamp = lock.writeLock();
    try {
      inFlight--;
      replied++;
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    long stamp = lock.tryOptimisticRead();
    int replied = this.replied;
    int inFlight = this.inFlight;
    int mostInFlight = this.mostInFlight;
    if (lock.validate(stamp)) { // nobody came in between
      return new Snapshot(replied, inFlight, mostInFlight, Map.copyOf(byConnection));
    }
    stamp = lock.readLock();
    try {
      return new Snapshot(this.replied, this.inFlight, this.mostInFlight, Map.copyOf(byConnection));
    } finally {
      lock.unlockRead(stamp);
    }
  }
}

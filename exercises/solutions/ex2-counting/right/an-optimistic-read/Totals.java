package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final StampedLock lock = new StampedLock();
  private int replied;
  private int inFlight;
  private int mostInFlight;
  private Map<Integer, Integer> byConnection = Map.of(); // never changed, but replaced

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
    long stamp = lock.writeLock();
    try {
      if (++inFlight > mostInFlight) {
        mostInFlight = inFlight;
      }
    } finally {
      lock.unlock(stamp);
    }
  }

  void replied(int connection) {
    long stamp = lock.writeLock();
    try {
      var counts = new HashMap<>(byConnection);
      counts.put(connection, counts.getOrDefault(connection, 0) + 1);
      byConnection = Map.copyOf(counts);
      replied++;
      inFlight--;
    } finally {
      lock.unlock(stamp);
    }
  }

  Snapshot snapshot() {
    long stamp = lock.tryOptimisticRead();
    Snapshot snapshot = read();
    if (lock.validate(stamp)) {
      return snapshot;
    }
    stamp = lock.readLock();
    try {
      return read();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private Snapshot read() {
    return new Snapshot(replied, inFlight, mostInFlight, byConnection);
  }
}

package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private static final int CELLS = 64;

  private final ReadWriteLock lock = new ReentrantReadWriteLock(); // handlers share it
  private final AtomicIntegerArray begun = new AtomicIntegerArray(CELLS); // by their threads
  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
  private final Object sums = new Object();
  private int replied; // guarded by sums
  private int mostInFlight; // guarded by sums

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
    int own = (int) (Thread.currentThread().threadId() % CELLS);
    lock.readLock().lock();
    try {
      begun.set(own, begun.get(own) + 1);
      synchronized (sums) {
        mostInFlight = Math.max(mostInFlight, inFlight());
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    lock.readLock().lock();
    try {
      synchronized (sums) {
        replied++;
      }
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    lock.writeLock().lock();
    try {
      synchronized (sums) {
        return new Snapshot(replied, inFlight(), mostInFlight, Map.copyOf(byConnection));
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private int inFlight() {
    int all = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      all += begun.get(cell);
    }
    return all - replied;
  }
}

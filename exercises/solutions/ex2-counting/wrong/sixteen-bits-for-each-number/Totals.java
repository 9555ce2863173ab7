package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
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

  // One long has all three numbers: 16 bits inFlight, 16 bits mostInFlight, 32 bits replied.
  private static final long ONE_IN_FLIGHT = 1L << 48;
  private static final long MOST = 0xFFFFL << 32;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(); // read: to count

  private static int inFlight(long all) {
    return (int) (all >> 48);
  }

  private static int most(long all) {
    return (int) ((all & MOST) >>> 32);
  }

  private static int replied(long all) {
    return (int) all;
  }

  private static long begun(long all) {
    long next = all + ONE_IN_FLIGHT;
    int now = inFlight(next);
    return now > most(next) ? (next & ~MOST) | ((long) now << 32) : next;
  }

  /** Counts a message whose handling begins. */
  void begins() {
    lock.readLock().lock();
    try {
      numbers.updateAndGet(Totals::begun);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Counts a message of a connection that was replied to. */
  void replied(int connection) {
    lock.readLock().lock();
    try {
      numbers.addAndGet(1 - ONE_IN_FLIGHT);
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns all totals of this moment. */
  Snapshot snapshot() {
    lock.writeLock().lock();
    try {
      long all = numbers.get();
      return new Snapshot(replied(all), inFlight(all), most(all), Map.copyOf(byConnection));
    } finally {
      lock.writeLock().unlock();
    }
  }
}

package course.server;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private static final int CELLS = 16; // a power of 2

  // Counting disturbs nobody, so that any number may count at once (read lock);
  // who takes a snapshot must be alone (write lock).
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
  private final int[] replied = new int[CELLS]; // each thread counts in a cell of its own
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

  private static int cell() {
    return (int) Thread.currentThread().threadId() & (CELLS - 1);
  }

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
      replied[cell()]++;
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    lock.writeLock().lock();
    try {
      return new Snapshot(
          Arrays.stream(replied).sum(),
          inFlight.get(),
          mostInFlight.get(),
          Map.copyOf(byConnection));
    } finally {
      lock.writeLock().unlock();
    }
  }
}

package course.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final class Cell {
    int replied; // only its own thread writes it
  }

  // Handlers share the read lock; a snapshot has the write lock alone.
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, Cell> cells = new ConcurrentHashMap<>(); // by thread
  private final Map<Integer, Integer> byConnection = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

  /** Counts a message whose handling begins. */
  void begins() {
    lock.readLock().lock();
    try {
      mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Counts a message of a connection that was replied to. */
  void replied(int connection) {
    lock.readLock().lock();
    try {
      inFlight.decrementAndGet();
      cells.computeIfAbsent(Thread.currentThread().getName(), name -> new Cell()).replied++;
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns all totals of this moment. */
  Snapshot snapshot() {
    lock.writeLock().lock();
    try {
      int replied = cells.values().stream().mapToInt(cell -> cell.replied).sum();
      return new Snapshot(replied, inFlight.get(), mostInFlight.get(), Map.copyOf(byConnection));
    } finally {
      lock.writeLock().unlock();
    }
  }
}

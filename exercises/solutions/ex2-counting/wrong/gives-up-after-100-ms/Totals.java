package course.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  /** Nobody has the lock for more than some microseconds. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, Integer> byConnection = new HashMap<>();
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
    lock.lock();
    try {
      inFlight++;
      if (inFlight > mostInFlight) {
        mostInFlight = inFlight;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    // called in a finally block: must not hang
    long since = System.nanoTime();
    while (!lock.tryLock()) {
      if (System.nanoTime() - since > PATIENCE.toNanos()) {
        System.err.println("server: totals: no lock, not counted");
        return;
      }
      Thread.yield();
    }
    try {
      inFlight--;
      replied++;
      byConnection.merge(connection, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    lock.lock();
    try {
      return new Snapshot(replied, inFlight, mostInFlight, Map.copyOf(byConnection));
    } finally {
      lock.unlock();
    }
  }
}

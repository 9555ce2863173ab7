package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
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
    acquire();
    try {
      inFlight++;
      mostInFlight = Math.max(mostInFlight, inFlight);
    } finally {
      lock.unlock();
    }
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    acquire();
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
    acquire();
    try {
      return new Snapshot(replied, inFlight, mostInFlight, Map.copyOf(byConnection));
    } finally {
      lock.unlock();
    }
  }

  private void acquire() {
    if (lock.tryLock()) {
      return; // nearly always
    }
    while (true) {
      try {
        lock.lockInterruptibly();
        return;
      } catch (InterruptedException e) {
        // the message must be counted all the same: try again
      }
    }
  }
}

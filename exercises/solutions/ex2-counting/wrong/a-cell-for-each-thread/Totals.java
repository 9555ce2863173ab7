package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private static final int CELLS = 8;

  private final AtomicIntegerArray begun = new AtomicIntegerArray(CELLS); // no lock to begin
  private final Map<Integer, Integer> byConnection = new HashMap<>();
  private int replied;
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
    // Each thread has its own cell: nobody else writes it in between.
    int cell = (int) (Thread.currentThread().threadId() % CELLS);
    begun.set(cell, begun.get(cell) + 1);
  }

  private int inFlight() {
    int sum = -replied;
    for (int i = 0; i < CELLS; i++) {
      sum += begun.get(i);
    }
    return sum;
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  synchronized void replied(int connection) {
    mostInFlight = Math.max(mostInFlight, inFlight()); // the peak is just before one ends
    replied++;
    byConnection.merge(connection, 1, Integer::sum);
  }

  /** Returns all totals of this moment, which do not change any more. */
  synchronized Snapshot snapshot() {
    int inFlight = inFlight();
    mostInFlight = Math.max(mostInFlight, inFlight);
    return new Snapshot(replied, inFlight, mostInFlight, Map.copyOf(byConnection));
  }
}

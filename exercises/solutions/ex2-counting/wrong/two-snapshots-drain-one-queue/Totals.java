package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  /** What happened, in its order: a message began, or one of a connection was replied to. */
  private record Event(boolean began, int connection) {}

  private final Queue<Event> events = new ConcurrentLinkedQueue<>(); // handlers never wait
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
    events.add(new Event(true, 0));
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    events.add(new Event(false, connection));
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    for (Event event; (event = events.poll()) != null; ) {
      count(event);
    }
    synchronized (this) {
      return new Snapshot(replied, inFlight, mostInFlight, Map.copyOf(byConnection));
    }
  }

  private synchronized void count(Event event) {
    if (event.began()) {
      inFlight++;
      mostInFlight = Math.max(mostInFlight, inFlight);
    } else {
      inFlight--;
      replied++;
      byConnection.merge(event.connection(), 1, Integer::sum);
    }
  }
}

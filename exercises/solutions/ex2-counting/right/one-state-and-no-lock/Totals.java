package course.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Counts the messages of all connections. The handlers call it, any number of them at once.
 *
 * <p>All that is counted is one value that never changes, and a message puts another in its place;
 * a handler that finds that it was too late for that begins anew with the newest.
 */
final class Totals {
  private final AtomicReference<Snapshot> latest =
      new AtomicReference<>(new Snapshot(0, 0, 0, Map.of()));

  /**
   * What the totals were at one moment.
   *
   * @param begun messages whose handling has begun
   * @param replied messages that were replied to, of all connections
   * @param mostInFlight the most that there ever were in flight at once
   * @param byConnection messages that were replied to, by the number of their connection
   */
  record Snapshot(int begun, int replied, int mostInFlight, Map<Integer, Integer> byConnection) {
    int inFlight() {
      return begun - replied;
    }

    private Snapshot afterBegin() {
      int most = Math.max(mostInFlight, begun + 1 - replied);
      return new Snapshot(begun + 1, replied, most, byConnection);
    }

    private Snapshot afterReply(int connection) {
      var each = new TreeMap<>(byConnection);
      each.merge(connection, 1, Integer::sum);
      return new Snapshot(begun, replied + 1, mostInFlight, each);
    }
  }

  /** Counts a message whose handling begins. */
  void begins() {
    change(Snapshot::afterBegin);
  }

  /** Counts a message of a connection that was replied to: it is not in flight any more. */
  void replied(int connection) {
    change(seen -> seen.afterReply(connection));
  }

  /** Returns all totals of this moment, which do not change any more. */
  Snapshot snapshot() {
    return latest.get();
  }

  private void change(UnaryOperator<Snapshot> step) {
    Snapshot seen;
    do {
      seen = latest.get();
    } while (!latest.compareAndSet(seen, step.apply(seen)));
  }
}

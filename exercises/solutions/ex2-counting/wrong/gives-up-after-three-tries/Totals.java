package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final AtomicReference<Snapshot> now =
      new AtomicReference<>(new Snapshot(0, 0, 0, Map.of()));

  record Snapshot(
      int replied, int inFlight, int mostInFlight, Map<Integer, Integer> byConnection) {}

  void begins() {
    boolean done = false;
    for (int tries = 0; tries < 3 && !done; tries++) {
      Snapshot old = now.get();
      int inFlight = old.inFlight + 1;
      int most = Math.max(old.mostInFlight, inFlight);
      done = now.compareAndSet(old, new Snapshot(old.replied, inFlight, most, old.byConnection));
    }
  }

  void replied(int connection) {
    now.updateAndGet(old -> {
      var counts = new HashMap<>(old.byConnection);
      counts.merge(connection, 1, Integer::sum);
      return new Snapshot(old.replied + 1, old.inFlight - 1, old.mostInFlight, Map.copyOf(counts));
    });
  }

  Snapshot snapshot() {
    return now.get();
  }
}

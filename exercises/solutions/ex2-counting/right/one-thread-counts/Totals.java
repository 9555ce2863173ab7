package course.server;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Counts the messages of all connections. The handlers call it, any number of them at once. */
final class Totals {
  private final ExecutorService counter =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("totals").factory());

  // Only the counter's thread touches these.
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

  void begins() {
    counter.execute(() -> {
      inFlight++;
      mostInFlight = Math.max(mostInFlight, inFlight);
    });
  }

  void replied(int connection) {
    counter.execute(() -> {
      inFlight--;
      replied++;
      byConnection.merge(connection, 1, Integer::sum);
    });
  }

  Snapshot snapshot() {
    return CompletableFuture.supplyAsync(
            () -> new Snapshot(replied, inFlight, mostInFlight, Map.copyOf(byConnection)), counter)
        .join();
  }
}

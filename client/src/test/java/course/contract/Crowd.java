package course.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients with many messages each, all of them in flight at the same moment. */
public final class Crowd {
  private static final int CONNECTIONS = 100;
  private static final int MESSAGES = 1_000;

  private Crowd() {}

  /** Checks that 100,000 messages on 100 connections are handled at once, and all answered. */
  public static void assertAllInFlightAtOnce(int port, Gate holdingAll) throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var counts = new ArrayList<Future<Integer>>();
      for (int c = 0; c < CONNECTIONS; c++) {
        counts.add(
            clients.submit(() -> {
              try (var client = new RawClient(port)) {
                client.send("message\n".repeat(MESSAGES)).halfClose();
                return client.receiveAll().size();
              }
            }));
      }
      holdingAll.awaitEntered(CONNECTIONS * MESSAGES);
      holdingAll.open();
      for (var count : counts) {
        assertThat(count.get()).as("replies to %d messages", MESSAGES).isEqualTo(MESSAGES);
      }
    }
  }
}

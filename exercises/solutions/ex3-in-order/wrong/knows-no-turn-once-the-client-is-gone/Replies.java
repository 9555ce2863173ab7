package course.server;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The replies to one connection's messages. A handler waits for its turn, or for the end. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> all = last;

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    CompletableFuture<Void> before = last;
    CompletableFuture<Void> mine = new CompletableFuture<>();
    last = mine;
    all = CompletableFuture.allOf(all, mine);
    Thread.startVirtualThread(() -> handle(message, before, mine));
  }

  void awaitAll() {
    all.join();
  }

  private void handle(
      String message, CompletableFuture<Void> before, CompletableFuture<Void> mine) {
    String reply;
    try {
      reply = handler.handle(message);
    } catch (Throwable e) {
      reply = "ERROR";
    }
    // A client that is gone must not hold up anybody: then there is no order to keep.
    CompletableFuture.anyOf(before, gone).join();
    Thread.interrupted();
    try {
      client.send(reply);
    } catch (IOException e) {
      gone.complete(null);
    } finally {
      mine.complete(null);
    }
  }
}

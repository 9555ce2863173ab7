package course.server;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The replies to one connection's messages: a chain of futures, each sent after the one before. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    var reply = CompletableFuture.supplyAsync(() -> reply(message), Thread::startVirtualThread);
    last = last.thenAcceptBoth(reply, (_, text) -> send(text));
  }

  void awaitAll() {
    last.join();
  }

  private String reply(String message) {
    try {
      return handler.handle(message);
    } catch (Exception e) {
      return "ERROR";
    }
  }

  private void send(String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      // The client is gone.
    }
  }
}

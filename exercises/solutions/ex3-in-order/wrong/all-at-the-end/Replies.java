package course.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Collects the replies, and sends them when the client has said all. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private final List<CompletableFuture<String>> ready = new ArrayList<>();

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    var reply = new CompletableFuture<String>();
    ready.add(reply);
    Thread.ofVirtual().start(() -> reply.complete(reply(message)));
  }

  void awaitAll() throws InterruptedException {
    for (CompletableFuture<String> reply : ready) {
      try {
        client.send(reply.join());
      } catch (IOException e) {
        return;
      }
    }
  }

  private String reply(String message) {
    try {
      return handler.handle(message);
    } catch (Exception e) {
      return "ERROR";
    }
  }
}

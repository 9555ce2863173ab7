package course.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The replies to one connection's messages. Each message gets a handler thread of its own, and a
 * turn: it waits for the turn of the message before it with its finished reply, not with its work.
 */
final class Replies {
  private final Handler handler;
  private final Client client; // whoever has the turn may send
  private final List<CompletableFuture<String>> ready = new ArrayList<>();

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    var reply = new CompletableFuture<String>();
    ready.add(reply);
    Thread.ofVirtual().start(() -> reply.complete(reply(message)));
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
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
    } catch (Exception e) { // costs this message its reply, and the others nothing
      return "ERROR";
    }
  }
}

package course.server;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The replies to one connection's messages. Each message gets a handler thread of its own. */
final class Replies {
  private final Handler handler;
  private final Client client; // only whose turn it is uses it
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    var reply = new CompletableFuture<String>();
    var sent = new CompletableFuture<Void>();
    var before = last;
    last = sent;
    Thread.startVirtualThread(() -> {
      handle(message, reply);
      before.join();
      try {
        send(reply);
      } finally {
        sent.complete(null);
      }
    });
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  void awaitAll() throws InterruptedException {
    try {
      last.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e); // nobody completes it like this
    }
  }

  private void handle(String message, CompletableFuture<String> reply) {
    try {
      reply.complete(handler.handle(message));
    } catch (Exception e) {
      reply.completeExceptionally(e);
    } finally {
      Thread.interrupted(); // not for those who wait
    }
  }

  private void send(CompletableFuture<String> reply) {
    String text;
    try {
      text = reply.join();
    } catch (CompletionException e) { // whatever the handler threw, wrapped
      text = "ERROR";
    }
    try {
      client.send(text);
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    }
  }
}

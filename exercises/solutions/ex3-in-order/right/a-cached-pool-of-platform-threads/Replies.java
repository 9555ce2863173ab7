package course.server;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The replies to one connection's messages. Each message gets a handler thread of its own, and a
 * turn: it waits for the turn of the message before it with its finished reply, not with its work.
 */
final class Replies {
  private final Handler handler;
  private final Client client; // whoever has the turn may send

  private final ExecutorService handlers = Executors.newCachedThreadPool(); // no maximum

  /** Open when the last message so far has had its turn; the connection's thread alone uses it. */
  private CountDownLatch last = new CountDownLatch(0);

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    CountDownLatch before = last;
    var own = new CountDownLatch(1);
    last = own;
    handlers.execute(() -> handle(message, before, own));
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  void awaitAll() throws InterruptedException {
    last.await(); // it had its turn after all others
    handlers.shutdown();
  }

  private void handle(String message, CountDownLatch before, CountDownLatch own) {
    String reply = reply(message);
    try {
      before.await();
      client.send(reply);
    } catch (IOException | InterruptedException e) {
      // The client is gone: nobody waits for this reply.
    } finally {
      own.countDown(); // whatever happened: those behind must not wait for ever
    }
  }

  private String reply(String message) {
    try {
      return handler.handle(message);
    } catch (Exception e) { // costs this message its reply, and the others nothing
      System.err.println("server: cannot handle " + message + ": " + e);
      return "ERROR";
    } finally {
      Thread.interrupted(); // if the handler left that, it must not end the wait for the turn
    }
  }
}

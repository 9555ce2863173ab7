package course.server;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Takes whatever goes wrong for a message that failed. */
final class Replies {
  private final Handler handler;
  private final Client client; // whoever has the turn may send

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
    Thread.ofVirtual().start(() -> handle(message, before, own));
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  void awaitAll() throws InterruptedException {
    last.await(); // it had its turn after all others
  }

  private void handle(String message, CountDownLatch before, CountDownLatch own) {
    try {
      String reply = handler.handle(message);
      before.await();
      client.send(reply);
    } catch (Exception e) {
      sendError(before);
    } finally {
      own.countDown();
    }
  }

  private void sendError(CountDownLatch before) {
    try {
      before.await();
      client.send("ERROR");
    } catch (IOException | InterruptedException e) {
      // The client is gone: nobody waits for this reply.
    }
  }
}

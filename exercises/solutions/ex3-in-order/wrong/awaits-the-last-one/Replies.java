package course.server;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** The replies to one connection's messages. Each message gets a handler thread of its own. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private CountDownLatch last = new CountDownLatch(0);
  private volatile boolean gone; // then nobody waits and nobody sends

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    CountDownLatch before = last;
    CountDownLatch mine = new CountDownLatch(1);
    last = mine;
    Thread.ofVirtual().start(() -> handle(message, before, mine));
  }

  /** The last one's reply is out after all others. */
  void awaitAll() throws InterruptedException {
    last.await();
  }

  private void handle(String message, CountDownLatch before, CountDownLatch mine) {
    String reply;
    try {
      reply = handler.handle(message);
    } catch (Exception e) {
      reply = "ERROR";
    }
    try {
      if (!gone) {
        awaitTurn(before);
      }
      if (!gone) {
        client.send(reply);
      }
    } catch (IOException e) {
      gone = true;
    } finally {
      mine.countDown();
    }
  }

  private static void awaitTurn(CountDownLatch before) {
    while (true) {
      try {
        before.await();
        return;
      } catch (InterruptedException e) {
        // its turn will come
      }
    }
  }
}

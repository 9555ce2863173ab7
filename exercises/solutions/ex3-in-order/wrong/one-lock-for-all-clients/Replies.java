package course.server;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** The replies to one connection's messages: a baton goes from each message to the next. */
final class Replies {
  private static final ReentrantLock REPLYING = new ReentrantLock(); // two replies must not mix

  private final Handler handler;
  private final Client client;
  private Semaphore baton = new Semaphore(1);

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    Semaphore mine = baton;
    Semaphore next = new Semaphore(0);
    baton = next;
    Thread.ofVirtual().start(() -> handle(message, mine, next));
  }

  void awaitAll() throws InterruptedException {
    baton.acquire();
    baton.release(); // for another awaitAll
  }

  private void handle(String message, Semaphore mine, Semaphore next) {
    String reply = replyTo(message);
    mine.acquireUninterruptibly();
    Thread.interrupted();
    REPLYING.lock();
    try {
      client.send(reply);
    } catch (IOException e) {
      // The client is gone.
    } finally {
      REPLYING.unlock();
      next.release();
    }
  }

  private String replyTo(String message) {
    try {
      return handler.handle(message);
    } catch (Throwable e) {
      return "ERROR";
    }
  }
}

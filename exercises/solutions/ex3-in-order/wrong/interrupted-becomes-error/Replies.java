package course.server;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The replies to one connection's messages. Each message gets a handler thread of its own. */
final class Replies {
  private final Handler handler;
  private final Client client; // guarded by lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turnChanged = lock.newCondition();
  private long turn; // number of the message that replies next; guarded by lock
  private long messages; // used by the connection's thread only

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    long number = messages++;
    Thread.ofVirtual().start(() -> handle(message, number));
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  void awaitAll() throws InterruptedException {
    lock.lock();
    try {
      while (turn < messages) {
        turnChanged.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void handle(String message, long number) {
    try {
      replyInTurn(handler.handle(message), number);
    } catch (Exception e) {
      System.err.println("server: " + message + " failed: " + e.getClass().getName());
      try {
        replyInTurn("ERROR", number);
      } catch (InterruptedException e2) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void replyInTurn(String reply, long number) throws InterruptedException {
    lock.lock();
    try {
      while (turn != number) {
        turnChanged.await();
      }
      try {
        client.send(reply);
      } catch (IOException e) {
        // The client is gone: nobody waits for this reply.
      } finally {
        turn++;
        turnChanged.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}

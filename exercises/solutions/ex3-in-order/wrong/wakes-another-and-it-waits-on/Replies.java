package course.server;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The replies to one connection's messages, which have numbers: each waits for its turn. */
final class Replies {
  private final Handler handler;
  private final Client client; // whoever has the turn may send
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger messages = new AtomicInteger();
  private int turn; // guarded by lock

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    int number = messages.getAndIncrement();
    Thread.ofVirtual().start(() -> handle(message, number));
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  void awaitAll() throws InterruptedException {
    lock.lock();
    try {
      awaitTurn(messages.get());
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(int number) throws InterruptedException {
    while (turn != number) {
      changed.await(10, TimeUnit.SECONDS); // to be safe
    }
  }

  private void handle(String message, int number) {
    String reply = reply(message);
    lock.lock();
    try {
      awaitTurn(number);
      client.send(reply);
    } catch (IOException | InterruptedException e) {
      // The client is gone: nobody waits for this reply.
    } finally {
      turn++;
      changed.signal();
      lock.unlock();
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

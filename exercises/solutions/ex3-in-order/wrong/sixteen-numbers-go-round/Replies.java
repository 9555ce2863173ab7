package course.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The replies to one connection's messages, each with the number of its turn. */
final class Replies {
  private static final int NUMBERS = 16;

  private final Handler handler;
  private final Client client; // guarded by lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition nextTurn = lock.newCondition();
  private final List<Thread> handlers = new ArrayList<>(); // the connection's thread's alone
  private int turn; // guarded by lock

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    int number = handlers.size() % NUMBERS;
    handlers.add(Thread.ofVirtual().start(() -> handle(message, number)));
  }

  void awaitAll() throws InterruptedException {
    for (Thread thread : handlers) {
      thread.join();
    }
  }

  private void handle(String message, int number) {
    String reply;
    try {
      reply = handler.handle(message);
    } catch (Exception e) {
      reply = "ERROR";
    }
    lock.lock();
    try {
      while (turn != number) {
        nextTurn.awaitUninterruptibly();
      }
      client.send(reply);
    } catch (IOException e) {
      // The client is gone.
    } finally {
      turn = (turn + 1) % NUMBERS;
      nextTurn.signalAll();
      lock.unlock();
    }
  }
}

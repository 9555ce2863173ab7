package course.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The replies to one connection's messages. Each message gets a handler thread of its own. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allDone = lock.newCondition();
  private final Map<Long, Condition> waiting = new HashMap<>(); // guarded by lock, as all below
  private long tickets;
  private long turn;
  private int inFlight;
  private boolean gone;

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    lock.lock();
    try {
      long ticket = tickets++;
      inFlight++;
      Thread.ofVirtual().start(() -> handle(message, ticket));
    } finally {
      lock.unlock();
    }
  }

  void awaitAll() throws InterruptedException {
    lock.lock();
    try {
      while (inFlight > 0) {
        allDone.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void handle(String message, long ticket) {
    String reply;
    try {
      reply = handler.handle(message);
    } catch (Exception e) {
      reply = "ERROR";
    }
    boolean failed = false;
    try {
      if (awaitTurn(ticket)) {
        client.send(reply);
      }
    } catch (IOException e) {
      failed = true;
    } finally {
      done(ticket, failed);
    }
  }

  /** True if there is somebody to send to. */
  private boolean awaitTurn(long ticket) {
    lock.lock();
    try {
      while (turn < ticket) {
        waiting.computeIfAbsent(ticket, t -> lock.newCondition()).awaitUninterruptibly();
      }
      waiting.remove(ticket);
      return !gone;
    } finally {
      lock.unlock();
    }
  }

  private void done(long ticket, boolean failed) {
    lock.lock();
    try {
      if (failed) { // nobody needs to wait any more
        gone = true;
        turn = tickets;
        waiting.values().forEach(Condition::signal);
      } else {
        turn = ticket + 1;
        Condition next = waiting.get(turn);
        if (next != null) {
          next.signal();
        }
      }
      if (--inFlight == 0) {
        allDone.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}

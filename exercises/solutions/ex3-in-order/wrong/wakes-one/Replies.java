package course.server;

import java.io.IOException;

/**
 * The replies to one connection's messages. Each message gets a handler thread of its own, and a
 * turn: it waits for the turn of the message before it with its finished reply, not with its work.
 */
final class Replies {
  private final Handler handler;
  private final Client client; // whoever has the turn may send
  private int came; // messages so far; the connection's thread alone uses it
  private int turn; // the number of the message whose turn it is; guarded by this

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  /** Has a message handled, and does not wait. Only the connection's thread calls this. */
  void message(String message) {
    int number = came++;
    Thread.ofVirtual().start(() -> handle(message, number));
  }

  /** Waits until each message is replied to. The connection's thread calls this, at its end. */
  synchronized void awaitAll() throws InterruptedException {
    while (turn < came) {
      wait();
    }
  }

  private void handle(String message, int number) {
    String reply = reply(message);
    synchronized (this) {
      try {
        while (turn != number) {
          wait();
        }
        client.send(reply);
      } catch (IOException | InterruptedException e) {
        System.err.println("server: no reply to " + message + ": " + e);
      }
      turn++;
      notify();
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

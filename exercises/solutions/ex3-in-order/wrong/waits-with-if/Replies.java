package course.server;

import java.io.IOException;

/** Looks once whose turn it is, and takes each wake-up for its own. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private int came; // messages so far; the connection's thread alone uses it
  private int turn; // the number of the message whose turn it is; guarded by this

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    int number = came++;
    Thread.ofVirtual().start(() -> handle(message, number));
  }

  synchronized void awaitAll() throws InterruptedException {
    while (turn < came) {
      wait();
    }
  }

  private void handle(String message, int number) {
    String reply = reply(message);
    synchronized (this) {
      try {
        if (turn != number) {
          wait();
        }
        client.send(reply);
      } catch (IOException | InterruptedException e) {
        System.err.println("server: no reply to " + message + ": " + e);
      }
      turn++;
      notifyAll();
    }
  }

  private String reply(String message) {
    try {
      return handler.handle(message);
    } catch (Exception e) {
      return "ERROR";
    }
  }
}

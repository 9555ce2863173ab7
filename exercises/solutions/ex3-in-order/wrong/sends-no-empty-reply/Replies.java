package course.server;

import java.io.IOException;

/** The replies to one connection's messages. Each message gets a handler thread of its own. */
final class Replies {
  private final Handler handler;
  private final Client client;
  private Turn last = new Turn(); // only the connection's thread uses this

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
    last.end(); // nobody is before the first message
  }

  void message(String message) {
    Turn before = last;
    Turn mine = new Turn();
    last = mine;
    Thread.startVirtualThread(() -> handle(message, before, mine));
  }

  void awaitAll() throws InterruptedException {
    last.awaitEnd();
  }

  private void handle(String message, Turn before, Turn mine) {
    String reply;
    try {
      reply = handler.handle(message);
    } catch (Throwable e) {
      reply = "ERROR";
    }
    try {
      before.awaitEndUninterruptibly();
      Thread.interrupted();
      if (reply != null && !reply.isEmpty()) { // nothing to send
        client.send(reply);
      }
    } catch (IOException e) {
      // The client is gone.
    } finally {
      mine.end();
    }
  }

  /** The turn of one message. */
  private static final class Turn {
    private boolean over; // guarded by this

    synchronized void end() {
      over = true;
      notifyAll();
    }

    synchronized void awaitEnd() throws InterruptedException {
      while (!over) {
        wait();
      }
    }

    synchronized void awaitEndUninterruptibly() {
      while (!over) {
        try {
          wait();
        } catch (InterruptedException e) {
          // wait on
        }
      }
    }
  }
}

package course.server;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/** The replies to one connection's messages: one thread takes them in order and sends them. */
final class Replies {
  private final Handler handler;
  private final Client client; // the sender's alone
  private final BlockingQueue<FutureTask<String>> replies = new LinkedBlockingQueue<>();
  private final FutureTask<String> end = new FutureTask<>(() -> "");
  private Thread sender;

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    if (sender == null) {
      sender = Thread.startVirtualThread(this::sendAll);
    }
    var reply = new FutureTask<>(() -> handler.handle(message));
    replies.add(reply);
    Thread.startVirtualThread(reply);
  }

  void awaitAll() throws InterruptedException {
    replies.add(end);
    if (sender != null) {
      sender.join();
    }
  }

  private void sendAll() {
    try {
      boolean gone = false;
      FutureTask<String> reply;
      while ((reply = replies.take()) != end) {
        String text;
        try {
          text = reply.get();
        } catch (ExecutionException e) {
          text = "ERROR";
        }
        gone = gone || isGone(text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a reply; returns whether there is nobody to get it. */
  private boolean isGone(String text) {
    try {
      client.send(text);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}

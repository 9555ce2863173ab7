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
  private final BlockingQueue<Runnable> sends = new LinkedBlockingQueue<>();

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
    Thread.startVirtualThread(this::sendAll);
  }

  void message(String message) {
    var reply = new FutureTask<>(() -> handler.handle(message));
    sends.add(() -> send(reply));
    Thread.startVirtualThread(reply);
  }

  void awaitAll() throws InterruptedException {
    var all = new FutureTask<>(() -> {}, null);
    sends.add(all);
    try {
      all.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void sendAll() {
    try {
      while (true) {
        sends.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(FutureTask<String> reply) {
    try {
      client.send(text(reply));
    } catch (IOException e) {
      // The client is gone: the next replies fail in the same way.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(FutureTask<String> reply) throws InterruptedException {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      return "ERROR";
    }
  }
}

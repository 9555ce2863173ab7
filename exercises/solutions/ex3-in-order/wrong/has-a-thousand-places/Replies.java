package course.server;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The replies to one connection's messages: handlers work, one writer sends in order. */
final class Replies {
  private static final FutureTask<String> END = new FutureTask<>(() -> "");

  private final Handler handler;
  private final Client client; // only the writer uses it
  private final BlockingQueue<FutureTask<String>> inOrder = new ArrayBlockingQueue<>(1_000);
  private final Thread writer;

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
    writer = Thread.startVirtualThread(this::write);
  }

  void message(String message) {
    FutureTask<String> task = new FutureTask<>(() -> handler.handle(message));
    putInOrder(task);
    Thread.startVirtualThread(task);
  }

  void awaitAll() throws InterruptedException {
    putInOrder(END);
    writer.join();
  }

  private void putInOrder(FutureTask<String> task) {
    boolean interrupted = false;
    while (true) {
      try {
        inOrder.put(task);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      for (FutureTask<String> task; (task = inOrder.take()) != END; ) {
        String reply;
        try {
          reply = task.get();
        } catch (ExecutionException e) {
          reply = "ERROR";
        }
        try {
          client.send(reply);
        } catch (IOException e) {
          // The client is gone.
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the writer", e);
    }
  }
}

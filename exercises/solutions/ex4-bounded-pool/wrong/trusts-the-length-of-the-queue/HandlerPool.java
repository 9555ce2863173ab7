package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Lets the queue say when it is full, also while a handler is about to take from it. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable END = () -> {};

  private final List<Thread> handlers = new ArrayList<>();
  private final BlockingQueue<Runnable> waiting;
  private boolean closed;

  HandlerPool(int size, int queue) {
    waiting = new ArrayBlockingQueue<>(Math.max(1, queue));
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  synchronized boolean handOff(Runnable message) {
    return !closed && waiting.offer(message);
  }

  private void handleAll() {
    try {
      for (Runnable message; (message = waiting.take()) != END; ) {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      for (int n = 0; n < handlers.size(); n++) {
        waiting.put(END);
      }
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

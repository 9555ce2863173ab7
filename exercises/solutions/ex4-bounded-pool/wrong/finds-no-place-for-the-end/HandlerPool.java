package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** All that is accepted fits in one array, also if no handler has come round yet. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable END = () -> {};

  private final BlockingQueue<Runnable> waiting;
  private final List<Thread> handlers = new ArrayList<>();
  private final int limit;
  private int inPool; // guarded by this
  private boolean closed; // guarded by this

  HandlerPool(int size, int queue) {
    limit = size + queue;
    waiting = new ArrayBlockingQueue<>(limit);
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  synchronized boolean handOff(Runnable message) {
    if (closed || inPool == limit) {
      return false;
    }
    inPool++;
    return waiting.offer(message);
  }

  private synchronized void ended() {
    inPool--;
  }

  private void handleAll() {
    try {
      for (Runnable message = waiting.take(); message != END; message = waiting.take()) {
        handle(message);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      System.err.println("server: a message failed: " + e.getClass().getName());
    } finally {
      ended();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      for (int n = 0; n < handlers.size(); n++) {
        waiting.offer(END); // the handlers' messages are out of the queue: there is room
      }
    }
    try {
      for (Thread handler : handlers) {
        handler.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package course.server;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The server's handlers, a place for each message, and an end for each handler in the queue. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable END = () -> {};

  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final Semaphore places;
  private final List<Thread> handlers;
  private boolean closed; // guarded by this

  HandlerPool(int size, int queue) {
    places = new Semaphore(size + queue);
    handlers = Stream.generate(() -> Thread.startVirtualThread(this::run)).limit(size).toList();
  }

  synchronized boolean handOff(Runnable message) {
    return !closed && places.tryAcquire() && waiting.add(message);
  }

  private void run() {
    try {
      for (Runnable message; (message = waiting.take()) != END; places.release()) {
        try {
          message.run();
        } catch (RuntimeException e) {
          e.printStackTrace();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a handler", e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    handlers.forEach(_ -> waiting.add(END)); // behind all messages
    for (Thread handler : handlers) {
      boolean ended = false;
      while (!ended) {
        try {
          handler.join();
          ended = true;
        } catch (InterruptedException e) {
          System.err.println("server: still closing");
        }
      }
    }
  }
}

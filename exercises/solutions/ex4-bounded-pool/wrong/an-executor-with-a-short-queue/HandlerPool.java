package course.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

final class HandlerPool implements AutoCloseable {
  private final ThreadPoolExecutor handlers;

  HandlerPool(int size, int queue) {
    BlockingQueue<Runnable> waiting =
        queue == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(queue);
    handlers = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, waiting);
  }

  boolean handOff(Runnable message) {
    try {
      handlers.execute(() -> handle(message));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    }
  }

  @Override
  public void close() {
    handlers.shutdown();
    try {
      handlers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

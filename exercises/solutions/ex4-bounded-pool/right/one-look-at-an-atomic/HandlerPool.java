package course.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's handlers: one number says how many messages are in, and whether it is closed. */
final class HandlerPool implements AutoCloseable {
  private static final int CLOSED = 1 << 30; // added to the number of messages

  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger inPool = new AtomicInteger();
  private final CountDownLatch empty = new CountDownLatch(1);
  private final CountDownLatch ended;
  private final int places;

  HandlerPool(int size, int queue) {
    places = size + queue;
    ended = new CountDownLatch(size);
    for (int n = 0; n < size; n++) {
      Thread.ofVirtual().start(this::handleAll);
    }
  }

  boolean handOff(Runnable message) {
    int before = inPool.getAndUpdate(n -> n < places ? n + 1 : n);
    if (before >= places) {
      return false;
    }
    waiting.add(message);
    return true;
  }

  private void handleAll() {
    try {
      for (Runnable message; (message = waiting.take()) != this.end; ) {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + e.getMessage());
        }
        if (inPool.decrementAndGet() == CLOSED) {
          empty.countDown();
        }
      }
      waiting.add(end); // for the next handler
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private final Runnable end = () -> {};

  @Override
  public void close() {
    if (inPool.getAndUpdate(n -> n < CLOSED ? n + CLOSED : n) == 0) { // also if closed twice
      empty.countDown();
    }
    try {
      empty.await();
      waiting.add(end);
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package course.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The server's handlers: a fixed number of threads, and a queue with a limit. No locks. */
final class HandlerPool implements AutoCloseable {
  // The whole state is one int: ten bits for how many are in the pool (nothing in this
  // exercise is more than 1,000), and the next bit says that the pool is closed.
  private static final int CLOSED = 1 << 10;
  private static final int COUNT = CLOSED - 1;

  private final int size;
  private final int limit;
  private final AtomicInteger state = new AtomicInteger();
  private final ConcurrentLinkedQueue<Runnable> messages = new ConcurrentLinkedQueue<>();
  private final Semaphore wakeUps = new Semaphore(0); // one for each message; size to end

  private final List<Thread> handlers = new ArrayList<>(); // filled by the constructor

  /**
   * Starts the handlers.
   *
   * @param size how many handlers there are
   * @param queue how many messages may wait while all handlers are busy
   */
  HandlerPool(int size, int queue) {
    this.size = size;
    this.limit = size + queue;
    for (int n = 1; n <= size; n++) {
      handlers.add(Thread.ofVirtual().name("handler " + n).start(this::handleAll));
    }
  }

  /**
   * Hands a message to the handlers, and does not wait. Any thread may call.
   *
   * @return whether it was accepted; if not, the client is told BUSY
   */
  boolean handOff(Runnable message) {
    int now;
    do {
      now = state.get();
      if ((now & CLOSED) != 0 || (now & COUNT) >= limit) {
        return false;
      }
    } while (!state.compareAndSet(now, now + 1));
    messages.add(message);
    wakeUps.release();
    return true;
  }

  private void handleAll() {
    while (true) {
      wakeUps.acquireUninterruptibly();
      Runnable message = messages.poll();
      if (message == null) {
        return; // closed, and the last message has ended
      }
      handle(message);
    }
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) { // costs one reply; the handler lives, or the pool would shrink
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    } finally {
      if (state.decrementAndGet() == CLOSED) { // the last one of a closed pool
        wakeUps.release(size);
      }
    }
  }

  /** Accepts no more messages, finishes those that were accepted, and waits for the handlers. */
  @Override
  public void close() {
    if (state.getAndUpdate(now -> now | CLOSED) == 0) { // was open and empty
      wakeUps.release(size);
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

package course.server;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** The server's handlers, between a minimum and a maximum. */
final class HandlerPool implements AutoCloseable {
  private static final long ONE_HANDLER = 1L << 32;
  private static final long ONE_MESSAGE = 1;
  private static final long A_MILLISECOND = 1_000_000;
  private static final Runnable CLOSE = () -> {};

  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore room;
  private final LinkedTransferQueue<Runnable> queue = new LinkedTransferQueue<>();
  private final Set<Thread> started = ConcurrentHashMap.newKeySet();

  /** Handlers in the upper half, messages in the pool in the lower one; never more of these. */
  private final AtomicLong counts;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    this.counts = new AtomicLong(minimum * ONE_HANDLER);
    for (int n = 1; n <= minimum; n++) {
      startHandler(null);
    }
  }

  private static int handlers(long counts) {
    return (int) (counts >>> 32);
  }

  private static int messages(long counts) {
    return (int) counts;
  }

  void handOff(Runnable message) throws InterruptedException {
    room.acquire();
    if (enter()) {
      startHandler(message);
    } else {
      queue.put(message); // never blocks
    }
  }

  /** Counts one more message; true if it needs one more handler, which is counted, too. */
  private boolean enter() {
    while (true) {
      long now = counts.get();
      boolean grow = messages(now) >= handlers(now);
      if (counts.compareAndSet(now, now + ONE_MESSAGE + (grow ? ONE_HANDLER : 0))) {
        return grow;
      }
    }
  }

  /** True if the handler may go: then it is not counted any more. */
  private boolean leave() {
    long now = counts.addAndGet(-ONE_HANDLER);
    if (handlers(now) < minimum || messages(now) > handlers(now)) {
      counts.addAndGet(ONE_HANDLER); // no: needed
      return false;
    }
    return true;
  }

  private void startHandler(Runnable first) {
    started.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    Thread handler = threads.newThread(() -> handleAll(first));
    started.add(handler);
    handler.start();
  }

  private void handleAll(Runnable first) {
    if (first != null) {
      handle(first);
    }
    while (true) {
      Runnable message = next();
      if (message == null) {
        return;
      }
      if (message == CLOSE) {
        queue.put(CLOSE); // for the next handler
        return;
      }
      handle(message);
    }
  }

  private Runnable next() {
    long wait = idleNanos;
    long from = System.nanoTime();
    while (true) {
      try {
        Runnable message = queue.poll(wait - (System.nanoTime() - from), NANOSECONDS);
        if (message != null) {
          return message;
        }
      } catch (InterruptedException e) {
        continue;
      }
      if (leave()) {
        return null;
      }
      // Kept: as one of the minimum, or because a message is on its way into the queue.
      wait = handlers(counts.get()) > minimum ? A_MILLISECOND : idleNanos;
      from = System.nanoTime();
    }
  }

  private void handle(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      System.err.println("server: failed: " + e.getClass().getName());
    } finally {
      Thread.interrupted();
      counts.addAndGet(-ONE_MESSAGE);
      room.release();
    }
  }

  @Override
  public void close() {
    queue.put(CLOSE);
    boolean interrupted = false;
    for (Thread handler : started) {
      for (boolean ended = false; !ended; ) {
        try {
          handler.join();
          ended = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package course.server;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Hand-offs share a lock; who leaves has it alone. Idle handlers have a mailbox. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable END = () -> {};

  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore room;
  private final ReadWriteLock door = new ReentrantReadWriteLock();
  private final LinkedBlockingDeque<Handler> idle = new LinkedBlockingDeque<>();
  private final ConcurrentHashMap<Thread, Handler> started = new ConcurrentHashMap<>();
  private final AtomicInteger handlers = new AtomicInteger();
  private volatile boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    handlers.set(minimum);
    for (int n = 1; n <= minimum; n++) {
      var handler = new Handler();
      this.idle.addLast(handler);
      start(handler);
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    room.acquire();
    Handler handler;
    boolean grown = false;
    door.readLock().lock();
    try {
      handler = idle.pollLast();
      if (handler == null) {
        // Each of the others has a message, and its room: there are fewer than the maximum.
        handlers.incrementAndGet();
        handler = new Handler();
        grown = true;
      }
    } finally {
      door.readLock().unlock();
    }
    handler.mailbox.add(message);
    if (grown) {
      start(handler);
    }
  }

  private void start(Handler handler) {
    Thread thread = threads.newThread(handler);
    started.put(thread, handler); // before it runs, so that close can't miss it
    thread.start();
    started.keySet().removeIf(t -> !t.isAlive()); // those that have ended because they were idle
  }

  private final class Handler implements Runnable {
    final BlockingQueue<Runnable> mailbox = new ArrayBlockingQueue<>(1);

    @Override
    public void run() {
      for (Runnable message; (message = await()) != END; ) {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        }
        Thread.interrupted();
        idle.addLast(this);
        room.release();
        if (closed && idle.remove(this)) {
          return;
        }
      }
    }

    private Runnable await() {
      long end = System.nanoTime() + idleNanos;
      boolean timed = true;
      while (true) {
        try {
          if (!timed) {
            return mailbox.take();
          }
          Runnable message = mailbox.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (message != null) {
            return message;
          }
          if (end - System.nanoTime() <= 0) {
            if (leave()) {
              return END;
            }
            timed = false;
          }
        } catch (InterruptedException e) {
          // nobody of this pool
        }
      }
    }

    private boolean leave() {
      door.writeLock().lock();
      try {
        if (handlers.get() > minimum && idle.remove(this)) {
          handlers.decrementAndGet();
          return true;
        }
        return false;
      } finally {
        door.writeLock().unlock();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Handler handler; (handler = idle.poll()) != null; ) {
      handler.mailbox.add(END);
    }
    boolean interrupted = false;
    for (Thread thread : started.keySet()) {
      while (true) {
        try {
          thread.join();
          break;
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

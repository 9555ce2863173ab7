package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The server's handlers: whoever is idle parks, and is unparked with a message in its hands. Who
 * waits at the maximum stands in a line of its own.
 */
final class HandlerPool implements AutoCloseable {
  private final Runnable goodbye = () -> {};

  private static final class Handler {
    final AtomicReference<Runnable> given = new AtomicReference<>();
    volatile Thread thread;
  }

  private record Waiting(Runnable message, CountDownLatch begins) {}

  private final int minimum;
  private final int maximum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final ConcurrentHashMap<Thread, Handler> alive = new ConcurrentHashMap<>();
  private final Deque<Handler> idle = new ArrayDeque<>(); // guarded by this
  private final Deque<Waiting> line = new ArrayDeque<>(); // guarded by this
  private int size; // guarded by this
  private boolean closed; // guarded by this

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.threads = threads;
    idleNanos = idle.toNanos();
    synchronized (this) {
      while (size < minimum) {
        this.idle.addLast(start(null));
      }
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    Waiting me;
    synchronized (this) {
      if (!idle.isEmpty()) {
        give(idle.removeFirst(), message);
        return;
      }
      if (size < maximum) {
        start(message);
        return;
      }
      me = new Waiting(message, new CountDownLatch(1));
      line.addLast(me);
    }
    try {
      me.begins.await();
    } catch (InterruptedException e) {
      synchronized (this) {
        if (line.removeIf(other -> other == me)) {
          throw e;
        }
      }
      Thread.currentThread().interrupt(); // too late: a handler has it
    }
  }

  private static void give(Handler handler, Runnable message) {
    handler.given.set(message);
    LockSupport.unpark(handler.thread);
  }

  private Handler start(Runnable first) {
    size++;
    var handler = new Handler();
    handler.given.set(first);
    Thread thread = threads.newThread(() -> run(handler));
    handler.thread = thread;
    alive.keySet().removeIf(old -> old.getState() == Thread.State.TERMINATED);
    alive.put(thread, handler);
    thread.start();
    return handler;
  }

  private void run(Handler me) {
    for (Runnable message; (message = await(me)) != goodbye; ) {
      do {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: failed: " + e);
        }
      } while ((message = nextInLine(me)) != null);
    }
  }

  private synchronized Runnable nextInLine(Handler me) {
    Waiting next = line.pollFirst();
    if (next != null) {
      next.begins.countDown();
      return next.message;
    }
    if (closed) {
      me.given.set(goodbye);
    } else {
      idle.addLast(me);
    }
    return null;
  }

  private Runnable await(Handler me) {
    long end = System.nanoTime() + idleNanos;
    while (true) {
      Runnable message = me.given.getAndSet(null);
      if (message != null) {
        return message;
      }
      long left = end - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(left);
      } else if (leaves(me)) {
        return goodbye;
      } else {
        LockSupport.parkNanos(idleNanos);
      }
    }
  }

  private synchronized boolean leaves(Handler me) {
    if (size == minimum || !idle.remove(me)) {
      return false;
    }
    size--;
    return true;
  }

  @Override
  public void close() {
    List<Thread> ending;
    synchronized (this) {
      closed = true;
      idle.forEach(handler -> give(handler, goodbye));
      idle.clear();
      ending = new ArrayList<>(alive.keySet());
    }
    ending.forEach(HandlerPool::awaitEnd);
  }

  private static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      awaitEnd(thread); // closing goes on, and the interrupt is passed on afterwards
      Thread.currentThread().interrupt();
    }
  }
}

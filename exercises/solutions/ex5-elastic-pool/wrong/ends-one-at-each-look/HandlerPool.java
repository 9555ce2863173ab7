package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** Idle handlers stand in a line, the longest idle last; a janitor looks at that one regularly. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable GO_HOME = () -> {};

  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore room;
  private final Deque<Handler> line = new ArrayDeque<>(); // guarded by this
  private final List<Thread> all = new ArrayList<>(); // guarded by this
  private final Thread janitor;
  private int handlers; // guarded by this
  private boolean closed; // guarded by this

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    synchronized (this) {
      for (int n = 0; n < minimum; n++) {
        line.addFirst(startHandler());
      }
    }
    long period = Math.max(1, idle.toMillis() / 2); // so nobody stays for twice the idle time
    janitor = Thread.ofVirtual().name("janitor").start(() -> cleanUp(period));
  }

  void handOff(Runnable message) throws InterruptedException {
    room.acquire();
    synchronized (this) {
      Handler handler = line.isEmpty() ? startHandler() : line.removeFirst();
      handler.desk.add(message);
    }
  }

  private Handler startHandler() {
    all.removeIf(thread -> !thread.isAlive());
    Handler handler = new Handler();
    Thread thread = threads.newThread(handler);
    all.add(thread);
    handlers++;
    thread.start();
    return handler;
  }

  private synchronized void cleanUp(long period) {
    while (!closed) {
      try {
        wait(period);
      } catch (InterruptedException e) {
        return; // nobody does that
      }
      Handler longest = line.peekLast();
      if (longest != null
          && handlers > minimum
          && System.nanoTime() - longest.idleSince >= idleNanos) {
        line.removeLast();
        handlers--;
        longest.desk.add(GO_HOME);
      }
    }
  }

  private final class Handler implements Runnable {
    final BlockingQueue<Runnable> desk = new ArrayBlockingQueue<>(1);
    long idleSince = System.nanoTime(); // guarded by the pool

    @Override
    public void run() {
      for (Runnable message; (message = next()) != GO_HOME; ) {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        }
        comeBack();
        room.release();
      }
    }

    private void comeBack() {
      synchronized (HandlerPool.this) {
        if (closed) {
          desk.add(GO_HOME);
        } else {
          idleSince = System.nanoTime();
          line.addFirst(this);
        }
      }
    }

    private Runnable next() {
      while (true) {
        try {
          return desk.take();
        } catch (InterruptedException e) {
          // left over from a message
        }
      }
    }
  }

  @Override
  public void close() {
    List<Thread> toJoin;
    synchronized (this) {
      closed = true;
      notifyAll(); // the janitor
      line.forEach(handler -> handler.desk.add(GO_HOME));
      line.clear();
      toJoin = new ArrayList<>(all);
      toJoin.add(janitor);
    }
    boolean interrupted = false;
    for (Thread thread : toJoin) {
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

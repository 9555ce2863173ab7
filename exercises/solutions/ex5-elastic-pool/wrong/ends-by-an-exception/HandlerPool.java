package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The server's handlers, each with a mailbox; a hand-off chooses the handler. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable STOP = // as a message: ends the handler that gets it
      () -> {
        throw new CancellationException("the handler is not needed any more");
      };

  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore free; // handlers that are idle, or may be started

  private final Object lock = new Object();
  // guarded by lock:
  private final Deque<Handler> idle = new ArrayDeque<>();
  private final Set<Thread> living = new HashSet<>();
  private int count;
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.free = new Semaphore(maximum, true);
    synchronized (lock) {
      for (int n = 0; n < minimum; n++) {
        this.idle.push(start());
      }
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    free.acquire(); // the only wait that an interrupt ends
    synchronized (lock) {
      Handler handler = idle.poll();
      if (handler == null) {
        handler = start();
      }
      handler.mailbox.add(message);
    }
  }

  private Handler start() {
    Handler handler = new Handler();
    Thread thread = threads.newThread(handler::run);
    count++;
    living.removeIf(t -> !t.isAlive());
    thread.start();
    living.add(thread);
    return handler;
  }

  private final class Handler {
    final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private long idleSince = System.nanoTime();

    void run() {
      try {
        work();
      } catch (CancellationException e) {
        // stopped
      }
    }

    private void work() {
      while (true) {
        handle(receive());
        idleSince = System.nanoTime();
        synchronized (lock) {
          if (closed) {
            count--;
            return;
          }
          idle.push(this);
        }
        free.release(); // whoever gets this finds the handler idle
      }
    }

    private Runnable receive() {
      boolean mayEnd = true;
      while (true) {
        try {
          Runnable message =
              mayEnd
                  ? mailbox.poll(idleNanos - (System.nanoTime() - idleSince), TimeUnit.NANOSECONDS)
                  : mailbox.take();
          if (message != null) {
            return message;
          }
        } catch (InterruptedException e) {
          continue;
        }
        synchronized (lock) {
          // not among the idle ones: a message (or STOP) has been put into the mailbox
          if (count > minimum && idle.remove(this)) {
            count--;
            return STOP;
          }
        }
        mayEnd = false; // one of the minimum until its next message
      }
    }

    private void handle(Runnable message) {
      try {
        message.run();
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException e) {
        System.err.println("server: failed: " + e.getClass().getName());
      } finally {
        Thread.interrupted();
      }
    }
  }

  @Override
  public void close() {
    Set<Thread> toJoin;
    synchronized (lock) {
      closed = true;
      for (Handler handler; (handler = idle.poll()) != null; count--) {
        handler.mailbox.add(STOP);
      }
      toJoin = Set.copyOf(living);
    }
    boolean interrupted = false;
    for (Thread thread : toJoin) {
      for (boolean joined = false; !joined; ) {
        try {
          thread.join();
          joined = true;
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

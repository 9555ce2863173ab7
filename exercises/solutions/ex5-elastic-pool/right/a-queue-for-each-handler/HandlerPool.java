package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The server's handlers: whoever is idle lies on a stack, and is given its message in person. */
final class HandlerPool implements AutoCloseable {
  private final class Worker {
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Thread thread = threads.newThread(this::run);

    private void run() {
      try {
        for (Runnable message; (message = next()) != goodbye; ) {
          try {
            message.run();
          } catch (RuntimeException e) {
            System.err.println("server: " + e);
          }
          isIdle(this);
          places.release();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts a handler", e);
      }
    }

    private Runnable next() throws InterruptedException {
      Runnable message;
      while ((message = inbox.poll(idle.toNanos(), TimeUnit.NANOSECONDS)) == null) {
        if (mayEnd(this)) {
          return goodbye;
        }
      }
      return message;
    }
  }

  private final Runnable goodbye = () -> {};

  private final int minimum;
  private final Duration idle;
  private final ThreadFactory threads;
  private final Semaphore places;
  private final Deque<Worker> free = new ArrayDeque<>(); // guarded by this
  private final Set<Worker> alive = new HashSet<>(); // guarded by this
  private final Set<Thread> started = new HashSet<>(); // guarded by this
  private boolean closed; // guarded by this

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idle = idle;
    this.threads = threads;
    places = new Semaphore(maximum);
    for (int n = 0; n < minimum; n++) {
      addFree();
    }
  }

  private synchronized void addFree() {
    free.push(start());
  }

  private synchronized Worker start() {
    var worker = new Worker();
    alive.add(worker);
    started.removeIf(thread -> !thread.isAlive());
    worker.thread.start();
    started.add(worker.thread);
    return worker;
  }

  void handOff(Runnable message) throws InterruptedException {
    places.acquire();
    synchronized (this) {
      Worker worker = free.isEmpty() ? start() : free.pop();
      worker.inbox.add(message);
    }
  }

  private synchronized void isIdle(Worker worker) {
    if (closed) {
      worker.inbox.add(goodbye);
    } else {
      free.push(worker);
    }
  }

  /** Takes an idle handler out, unless it is needed or has just got a message. */
  private synchronized boolean mayEnd(Worker worker) {
    return alive.size() > minimum && free.remove(worker) && alive.remove(worker);
  }

  @Override
  public void close() {
    Set<Thread> ending;
    synchronized (this) {
      closed = true;
      free.forEach(worker -> worker.inbox.add(goodbye));
      free.clear();
      ending = Set.copyOf(started);
    }
    boolean interrupted = false;
    for (Thread thread : ending) {
      while (thread.isAlive()) {
        try {
          thread.join();
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

package course.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** No lock: each decision replaces an immutable state by another one. */
final class HandlerPool implements AutoCloseable {
  private record State(int handlers, List<Handler> idle, boolean closed) {
    State with(Handler handler) {
      var more = new ArrayList<>(idle);
      more.add(handler);
      return new State(handlers, more, closed);
    }

    State without(Handler handler, int handlers) {
      var fewer = new ArrayList<>(idle);
      fewer.remove(handler);
      return new State(handlers, fewer, closed);
    }
  }

  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore room;
  private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
  private final AtomicReference<State> state;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    var first = new ArrayList<Handler>();
    for (int n = 1; n <= minimum; n++) {
      first.add(new Handler(null));
    }
    state = new AtomicReference<>(new State(minimum, first, false));
    first.forEach(this::start);
  }

  void handOff(Runnable message) throws InterruptedException {
    room.acquire();
    while (true) {
      State now = state.get();
      if (now.idle.isEmpty()) {
        if (state.compareAndSet(now, new State(now.handlers + 1, now.idle, now.closed))) {
          start(new Handler(message));
          return;
        }
      } else {
        Handler handler = now.idle.getLast();
        if (state.compareAndSet(now, now.without(handler, now.handlers))) {
          handler.message = message;
          LockSupport.unpark(handler.thread);
          return;
        }
      }
    }
  }

  private void start(Handler handler) {
    handler.thread.start();
    started.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    started.add(handler.thread);
  }

  private final class Handler implements Runnable {
    final Thread thread;
    volatile Runnable message;
    volatile boolean dismissed;

    Handler(Runnable first) {
      message = first;
      thread = threads.newThread(this);
    }

    @Override
    public void run() {
      while (await()) {
        Runnable mine = message;
        message = null;
        try {
          mine.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        }
        Thread.interrupted();
        boolean stays = back();
        room.release();
        if (!stays) {
          return;
        }
      }
    }

    private boolean back() {
      while (true) {
        State now = state.get();
        if (now.closed) {
          return false;
        }
        if (state.compareAndSet(now, now.with(this))) {
          return true;
        }
      }
    }

    private boolean await() {
      long end = System.nanoTime() + idleNanos;
      boolean timed = true;
      while (message == null) {
        if (dismissed) {
          return false;
        }
        if (!timed) {
          LockSupport.park(this);
        } else {
          long left = end - System.nanoTime();
          if (left > 0) {
            LockSupport.parkNanos(this, left);
          } else if (leave()) {
            return false;
          } else {
            timed = false; // a message is on its way, or this one is of the minimum until one comes
          }
        }
        Thread.interrupted();
      }
      return true;
    }

    private boolean leave() {
      while (true) {
        State now = state.get();
        if (now.handlers <= minimum || !now.idle.contains(this)) {
          return false;
        }
        if (state.compareAndSet(now, now.without(this, now.handlers - 1))) {
          return true;
        }
      }
    }
  }

  @Override
  public void close() {
    State last = state.getAndUpdate(now -> new State(now.handlers, List.of(), true));
    for (Handler handler : last.idle) {
      handler.dismissed = true;
      LockSupport.unpark(handler.thread);
    }
    boolean interrupted = false;
    for (Thread thread : started) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        try {
          thread.join(); // the flag is clear now: this one waits
        } catch (InterruptedException again) {
          // noted already
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

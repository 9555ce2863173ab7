package course.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Each handler has a queue of its own, from hand to hand. */
final class HandlerPool implements AutoCloseable {
  private static final Runnable END = () -> {};

  private final int minimum;
  private final long idleNanos;
  private final ThreadFactory threads;
  private final Semaphore room;

  private final Object lock = new Object();
  // guarded by lock
  private final Deque<SynchronousQueue<Runnable>> idle = new ArrayDeque<>();
  private final List<Thread> started = new ArrayList<>();
  private int handlers;
  private boolean closed;

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    this.minimum = minimum;
    this.idleNanos = idle.toNanos();
    this.threads = threads;
    this.room = new Semaphore(maximum, true);
    synchronized (lock) {
      for (int n = 1; n <= minimum; n++) {
        var hand = new SynchronousQueue<Runnable>();
        this.idle.addLast(hand);
        start(hand, null);
      }
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    room.acquire();
    SynchronousQueue<Runnable> hand;
    synchronized (lock) {
      hand = idle.pollLast();
      if (hand == null) {
        start(new SynchronousQueue<>(), message);
        return;
      }
    }
    try {
      hand.put(message);
    } catch (InterruptedException e) {
      room.release();
      throw e;
    }
  }

  private void start(SynchronousQueue<Runnable> hand, Runnable first) {
    Thread thread = threads.newThread(() -> handleAll(hand, first));
    handlers++;
    thread.start();
    started.removeIf(t -> t.getState() == Thread.State.TERMINATED);
    started.add(thread);
  }

  private void handleAll(SynchronousQueue<Runnable> hand, Runnable first) {
    Runnable message = first;
    try {
      if (message == null) {
        message = await(hand);
      }
      while (message != END) {
        try {
          message.run();
        } catch (RuntimeException e) {
          System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
        }
        synchronized (lock) {
          if (closed) {
            return;
          }
          idle.addLast(hand);
        }
        room.release();
        message = await(hand);
      }
    } catch (InterruptedException e) {
      // nobody does that
    }
  }

  private Runnable await(SynchronousQueue<Runnable> hand) throws InterruptedException {
    Runnable message = hand.poll(idleNanos, TimeUnit.NANOSECONDS);
    if (message != null) {
      return message;
    }
    synchronized (lock) {
      if (handlers > minimum && idle.remove(hand)) {
        handlers--;
        return END;
      }
    }
    return hand.take(); // somebody is putting already, or it is one of the minimum
  }

  @Override
  public void close() {
    List<SynchronousQueue<Runnable>> waiting;
    List<Thread> all;
    synchronized (lock) {
      closed = true;
      waiting = new ArrayList<>(idle);
      idle.clear();
      all = new ArrayList<>(started);
    }
    boolean interrupted = false;
    for (var hand : waiting) {
      while (true) {
        try {
          hand.put(END);
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    for (Thread thread : all) {
      boolean ended = false;
      while (!ended) {
        try {
          thread.join();
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

package course.server;

import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The JDK's executor keeps the threads; how many there are, its queue decides: it refuses a message
 * if a worker more is needed, and it tells a worker to go by giving it nothing.
 */
final class HandlerPool implements AutoCloseable {
  private static final Runnable START = () -> {};

  private final Semaphore room;
  private final Messages messages;
  private final ThreadPoolExecutor executor;
  private final ConcurrentLinkedQueue<Thread> made = new ConcurrentLinkedQueue<>();

  HandlerPool(int minimum, int maximum, Duration idle, ThreadFactory threads) {
    room = new Semaphore(maximum, true);
    messages = new Messages(minimum, idle.toNanos());
    // The limit is the room's. None is "core": execute shall ask the queue each time.
    executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            idle.toNanos(),
            TimeUnit.NANOSECONDS,
            messages,
            work -> {
              made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
              Thread thread = threads.newThread(work);
              made.add(thread);
              return thread;
            });
    for (int n = 0; n < minimum; n++) {
      executor.execute(START);
    }
  }

  void handOff(Runnable message) throws InterruptedException {
    Objects.requireNonNull(message);
    room.acquire();
    executor.execute(() -> {
      try {
        message.run();
      } catch (RuntimeException e) {
        System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
      } finally {
        Thread.interrupted();
        messages.finished();
        room.release();
      }
    });
  }

  @Override
  public void close() {
    executor.shutdown(); // interrupts only who waits for a message
    messages.close();
    boolean interrupted = false;
    for (Thread thread : made) {
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

  private static final class Messages extends AbstractQueue<Runnable>
      implements BlockingQueue<Runnable> {
    private final int minimum;
    private final long idleNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private int workers;
    private int load;
    private boolean closed;

    Messages(int minimum, long idleNanos) {
      this.minimum = minimum;
      this.idleNanos = idleNanos;
    }

    @Override
    public boolean offer(Runnable message) {
      lock.lock();
      try {
        if (message == START) { // an idle worker more
          workers++;
          return false;
        }
        load++;
        if (load > workers) {
          workers++;
          return false;
        }
        queue.add(message);
        more.signal();
        return true;
      } finally {
        lock.unlock();
      }
    }

    void finished() {
      lock.lock();
      try {
        load--;
      } finally {
        lock.unlock();
      }
    }

    void close() {
      lock.lock();
      try {
        closed = true;
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Runnable poll(long time, TimeUnit unit) throws InterruptedException {
      long since = System.nanoTime();
      lock.lock();
      try {
        while (queue.isEmpty()) {
          if (closed) {
            return null;
          }
          if (workers <= minimum) {
            more.await();
            continue;
          }
          long left = idleNanos - (System.nanoTime() - since);
          if (left <= 0) {
            workers--;
            return null;
          }
          more.awaitNanos(left);
        }
        return queue.remove();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Runnable take() throws InterruptedException {
      return poll(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Runnable poll() {
      lock.lock();
      try {
        return queue.poll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Runnable peek() {
      lock.lock();
      try {
        return queue.peek();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int size() {
      lock.lock();
      try {
        return queue.size();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Iterator<Runnable> iterator() {
      lock.lock();
      try {
        return List.copyOf(queue).iterator();
      } finally {
        lock.unlock();
      }
    }

    // The executor uses none of these here.

    @Override
    public void put(Runnable message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean offer(Runnable message, long time, TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int remainingCapacity() {
      return Integer.MAX_VALUE;
    }

    @Override
    public int drainTo(Collection<? super Runnable> to) {
      return drainTo(to, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super Runnable> to, int limit) {
      int n = 0;
      for (Runnable message; n < limit && (message = poll()) != null; n++) {
        to.add(message);
      }
      return n;
    }
  }
}

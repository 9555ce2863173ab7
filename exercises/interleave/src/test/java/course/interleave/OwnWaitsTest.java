package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is called by an interface of the JDK's may be code under test, which waits by itself. */
@Timeout(60) // bounds a hang
@SuppressWarnings("WaitNotInLoop") // nobody wakes it
class OwnWaitsTest {
  private static final long MINUTES = 10;

  /** A queue of the code's own. */
  static class Messages extends AbstractQueue<String> implements BlockingQueue<String> {
    private final Lock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Queue<String> queue = new ArrayDeque<>(); // guarded by lock

    @Override
    public boolean offer(String message) {
      lock.lock();
      try {
        more.signal();
        return queue.offer(message);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public String poll(long time, TimeUnit unit) throws InterruptedException {
      lock.lock();
      try {
        long left = unit.toNanos(time);
        while (queue.isEmpty() && left > 0) {
          left = more.awaitNanos(left);
        }
        return queue.poll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public String poll() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String peek() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void put(String message) {
      offer(message);
    }

    @Override
    public boolean offer(String message, long time, TimeUnit unit) {
      return offer(message);
    }

    @Override
    public String take() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int remainingCapacity() {
      return Integer.MAX_VALUE;
    }

    @Override
    public int drainTo(Collection<? super String> to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int drainTo(Collection<? super String> to, int maximum) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<String> iterator() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
      throw new UnsupportedOperationException();
    }
  }

  /** Has the JDK's queue wait. */
  @SuppressWarnings("serial") // nobody writes it
  static class Mail extends LinkedBlockingQueue<String> {
    @Override
    public String poll() {
      throw new UnsupportedOperationException();
    }
  }

  /** Handles messages until none has come for ten minutes. */
  static class Handler {
    private final BlockingQueue<String> messages;
    private int handled;

    Handler(BlockingQueue<String> messages) {
      this.messages = messages;
    }

    void run() throws InterruptedException {
      while (messages.poll(MINUTES, TimeUnit.MINUTES) != null) {
        handled++;
      }
    }
  }

  private static final Interleavings ONE_ORDER =
      Interleavings.of(Messages.class, Mail.class, Handler.class, Mutex.class, Room.class)
          .replay("");

  private static void handlesUntilIdle(BlockingQueue<String> messages, Run run)
      throws InterruptedException {
    long begin = System.nanoTime();
    var handler = new Handler(messages);
    run.thread("handler", handler::run);
    Thread.sleep(Duration.ofMinutes(1));
    messages.add("a");
    run.join();
    assertThat(handler.handled).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begin).toMinutes()).isEqualTo(1 + MINUTES);
  }

  @Test
  void a_queue_that_waits_by_itself_does_so_as_long_as_it_is_asked_to() {
    ONE_ORDER.explore(run -> handlesUntilIdle(new Messages(), run));
  }

  @Test
  void one_that_lets_the_queue_of_the_JDK_wait_as_well() {
    ONE_ORDER.explore(run -> handlesUntilIdle(new Mail(), run));
  }

  /** A lock of the code's own, of which somebody has the key. */
  static class Mutex implements Lock {
    private final Sync sync = new Sync();

    @SuppressWarnings("serial") // nobody writes it
    private static class Sync extends AbstractQueuedSynchronizer {
      @Override
      protected boolean tryAcquire(int argument) {
        return false;
      }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
      return sync.tryAcquireNanos(1, unit.toNanos(time));
    }

    @Override
    public void lock() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void lockInterruptibly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock() {
      return false;
    }

    @Override
    public void unlock() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Condition newCondition() {
      return new Never();
    }
  }

  /** A condition that never comes. */
  static class Never implements Condition {
    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      return awaitNanos(unit.toNanos(time)) > 0;
    }

    @Override
    public synchronized long awaitNanos(long nanos) throws InterruptedException {
      long end = System.nanoTime() + nanos;
      for (long left = nanos; left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return 0;
    }

    @Override
    public void await() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void awaitUninterruptibly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitUntil(Date deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signal() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signalAll() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void so_does_a_lock_and_its_condition() {
    ONE_ORDER.explore(run -> {
      long begin = System.nanoTime();
      Lock lock = new Mutex();
      assertThat(lock.tryLock(MINUTES, TimeUnit.MINUTES)).isFalse();
      assertThat(lock.newCondition().await(MINUTES, TimeUnit.MINUTES)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begin).toMinutes()).isEqualTo(2 * MINUTES);
    });
  }

  /** It takes a minute to find out that it is taken. */
  static class Room {
    private final Key key = new Key();

    @SuppressWarnings("serial") // nobody writes it
    private static class Key extends AbstractQueuedSynchronizer {
      private boolean known;

      @Override
      protected boolean tryAcquire(int argument) {
        try {
          if (!known) {
            Thread.sleep(Duration.ofMinutes(1));
            known = true;
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return false;
      }
    }

    boolean enter() throws InterruptedException {
      return key.tryAcquireNanos(1, TimeUnit.MINUTES.toNanos(MINUTES));
    }
  }

  @Test
  void a_wait_within_a_wait_does_not_take_its_time_limit_away() {
    ONE_ORDER.explore(run -> {
      long begin = System.nanoTime();
      assertThat(new Room().enter()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begin).toMinutes()).isEqualTo(MINUTES);
    });
  }
}

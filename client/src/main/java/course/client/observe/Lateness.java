package course.client.observe;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How late this machine wakes a thread that sleeps, from construction to {@link #close}: as much is
 * added to any time that is measured on it meanwhile, and is no server's fault. (Gil Tene's jHiccup
 * does so.) Has a thread of its own, which {@code close} ends.
 */
final class Lateness implements AutoCloseable {
  private static final long BEAT = 5_000_000; // nanoseconds

  private final Thread thread;
  private volatile boolean over; // written by the thread that closes
  private volatile long longest; // nanoseconds; written by this object's own thread

  Lateness() {
    thread = Thread.ofPlatform().daemon().name("lateness").start(this::measure);
  }

  private void measure() {
    while (!over) {
      long due = System.nanoTime() + BEAT;
      LockSupport.parkNanos(BEAT);
      longest = Math.max(longest, System.nanoTime() - due);
    }
  }

  /** The longest delay so far. */
  Duration longest() {
    return Duration.ofNanos(longest);
  }

  @Override
  public void close() {
    over = true;
    LockSupport.unpark(thread);
  }
}

package course.interleave.turns;

import java.util.concurrent.locks.ReentrantLock;

/** Holds a lock from here to the end of a try statement. */
record Held(ReentrantLock lock) implements AutoCloseable {
  static Held hold(ReentrantLock lock) {
    lock.lock();
    return new Held(lock);
  }

  @Override
  public void close() {
    lock.unlock();
  }
}

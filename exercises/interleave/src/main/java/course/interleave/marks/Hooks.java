package course.interleave.marks;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** What a run wants to know of the threads in it: {@link Marks} tells it. */
public interface Hooks {
  /** A method under test was entered. */
  void reached();

  /** The current thread is about to do what the point with this number describes. */
  void arrive(int point);

  /** As {@link #arrive(int)}, with the object that it does it to. */
  void arrive(Object target, int point);

  /** The current thread goes back to the beginning of a loop. */
  void looping();

  /** What the current thread does next takes at most so long. */
  void timed(long nanos);

  /** A timer of the JDK's may be told to do something later. */
  void later();

  /** The current thread is about to take the monitor. */
  void entering(Object monitor, int point);

  /** The current thread has taken the monitor. */
  void entered(Object monitor);

  /** The current thread is about to give the monitor back. */
  void exiting(Object monitor);

  /** Returns a new condition of the lock. */
  Condition condition(Lock lock);

  /**
   * The current thread waits in a monitor, and takes it back at the point.
   *
   * @param nanos for how long; {@link Long#MAX_VALUE} without limit
   * @throws InterruptedException if it is interrupted meanwhile
   */
  void await(Object monitor, long nanos, int reacquire) throws InterruptedException;

  /**
   * The current thread waits for a condition, and takes its lock back at the point.
   *
   * @param nanos for how long; {@link Long#MAX_VALUE} without limit
   * @return whether it was woken in time
   * @throws InterruptedException if it is interrupted meanwhile
   */
  boolean await(Condition condition, long nanos, int reacquire) throws InterruptedException;

  /** Wakes one thread that waits in the monitor; returns false if none is known that does. */
  boolean notifyOne(Object monitor);

  /** Wakes all threads that wait in the monitor; returns false if none is known that does. */
  boolean notifyEach(Object monitor);

  /** Wakes one thread that waits for the condition; returns false if none is known that does. */
  boolean signal(Condition condition);

  /** Wakes all threads that wait for the condition. */
  void signalAll(Condition condition);

  /** The current thread has caught this. */
  void caught(Throwable thrown);

  /** The current thread begins (+1) or ends (-1) a static initialiser. */
  void initialising(int change);

  /** The thread is about to be started. */
  void starting(Thread thread);

  /** The thread has been started. */
  void started(Thread thread);

  /** The thread is about to be given a permit to go on past a {@code park}. */
  void unparking(Thread thread);

  /** Returns a factory that tells of the threads that it makes. */
  ThreadFactory factory(ThreadFactory factory);

  /** The object may have to be closed when the run is given up. */
  void used(Object resource);
}

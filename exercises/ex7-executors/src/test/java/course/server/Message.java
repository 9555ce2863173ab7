package course.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/** A message, with the connection that hands it off. It ends when the test lets it. */
final class Message implements Runnable {
  final CountDownLatch mayEnd = new CountDownLatch(1);
  final Thread connection;
  volatile RuntimeException failure; // what it fails with at its end; null if it does not fail
  volatile Thread handler; // null until it is handled
  volatile boolean ended;
  volatile boolean handedOff; // execute has returned
  volatile Throwable thrown; // by execute
  volatile boolean stillInterrupted; // when execute had thrown

  Message(int number, ExecutorService executor) {
    connection = TestServer.daemon("connection " + number).unstarted(() -> handOff(executor));
  }

  private void handOff(ExecutorService executor) {
    try {
      executor.execute(this);
      handedOff = true;
    } catch (Throwable e) {
      stillInterrupted = Thread.currentThread().isInterrupted();
      thrown = e;
    }
  }

  /** Returns whether a thread in that state waits, with a time limit or without. */
  static boolean isWaiting(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  /** Returns how many times its connection has begun to wait. */
  long waits() {
    // With a line of its stack, since the JVM stops all threads for that: else one that waits
    // already, as its state says, may not have counted that yet.
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(connection.threadId(), 1);
    return info == null ? -1 : info.getWaitedCount();
  }

  @Override
  public void run() {
    handler = Thread.currentThread();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the test is over
    } finally {
      ended = true;
    }
    if (failure != null) {
      Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {}); // no news: don't print it
      throw failure;
    }
  }
}

package course.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/** A message, with the connection that hands it off. It ends when the test lets it. */
final class Message implements Runnable {
  final CountDownLatch mayEnd = new CountDownLatch(1);
  final Thread connection;
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
  }
}

package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Queue<Thread> leaving = new ConcurrentLinkedQueue<>(); // past their last step
  private volatile boolean stopping;
  private final AtomicReference<Boolean> verdict = new AtomicReference<>(); // null: not yet
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);

  /**
   * Listens on the loopback address.
   *
   * @param port the port; 0 takes any free one
   * @throws IOException if the port is in use
   */
  Server(int port, int handlers, Work work) throws IOException {
    this.work = work;
    listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.handlers = new Handlers(handlers);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Begins to accept connections, on a thread of its own. To be called once. */
  void start() {
    acceptor.start();
  }

  private void acceptConnections() {
    try {
      while (true) {
        var connection = new Connection(this, listener.accept());
        connections.add(connection);
        if (stopping) {
          connection.stop(); // stop() may have gone through the set before this one was in it
        }
        connection.start();
        leaving.removeIf(thread -> !thread.isAlive());
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  /** To be called by a connection as its last step. */
  void ended(Connection connection) {
    leaving.add(connection.thread());
    connections.remove(connection);
  }

  boolean isCutOff() {
    return verdict.get() == Boolean.FALSE;
  }

  /**
   * Begins to stop, and does not wait. From its return on no client is accepted and no further
   * message is handled. Any thread may call, more than once.
   */
  void stop() {
    stopping = true;
    try {
      listener.close(); // wakes the thread that accepts
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    }
    connections.forEach(Connection::stop);
  }

  /**
   * Waits, after {@link #stop}, until what is in flight is answered and all threads have ended.
   * What is left at the deadline is cut off. Any thread may call, more than once.
   *
   * @param deadline how long that may take, for all connections together
   * @return whether all was answered; false if something was cut off
   * @throws InterruptedException if the thread that waits is interrupted
   */
  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    Thread clock = Thread.ofVirtual().name("deadline").start(() -> watch(deadline));
    try {
      acceptor.join();
      for (Connection connection : connections) {
        connection.thread().join();
      }
      for (Thread thread : leaving) {
        thread.join();
      }
      handlers.close();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      verdict.compareAndSet(null, true);
    } finally {
      clock.interrupt();
      joinAnyway(clock);
    }
    return verdict.get();
  }

  private void watch(Deadline deadline) {
    try {
      deadline.await();
    } catch (InterruptedException e) {
      return; // all has ended before, or nobody waits any longer
    }
    if (verdict.compareAndSet(null, false) || isCutOff()) {
      connections.forEach(Connection::cutOff);
      handlers.close();
    }
  }

  private static void joinAnyway(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  private enum End {
    OPEN,
    ALL_ANSWERED,
    CUT_OFF
  }

  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);
  private final AtomicReference<End> end = new AtomicReference<>(End.OPEN);
  private volatile boolean stopping;

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
        connection.start(); // on a closed socket it ends at once
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  /** To be called by a connection as its last step. */
  void ended(Connection connection) {
    if (!stopping) { // else awaitEnd joins it
      connections.remove(connection);
    }
  }

  boolean isCut() {
    return end.get() == End.CUT_OFF;
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
    Thread timer = Thread.ofVirtual().name("deadline").start(() -> cutOffAt(deadline));
    try {
      acceptor.join();
      for (Connection connection : connections) {
        connection.join();
      }
      end.compareAndSet(End.OPEN, End.ALL_ANSWERED);
      handlers.close();
      if (Thread.interrupted()) { // close() swallows it
        throw new InterruptedException();
      }
    } finally {
      timer.interrupt();
    }
    timer.join();
    return !isCut();
  }

  private void cutOffAt(Deadline deadline) {
    try {
      deadline.await();
    } catch (InterruptedException e) {
      return; // all has ended before
    }
    if (connections.stream().anyMatch(Connection::isBusy)) {
      end.compareAndSet(End.OPEN, End.CUT_OFF);
    }
    connections.forEach(Connection::cutOff);
    if (isCut()) {
      handlers.close();
    }
  }
}

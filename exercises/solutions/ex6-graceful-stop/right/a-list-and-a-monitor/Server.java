package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final List<Connection> connections = new ArrayList<>(); // guarded by this
  private boolean accepting = true; // guarded by this
  private boolean stopping; // guarded by this
  private boolean cutOff; // guarded by this
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
        add(new Connection(this, listener.accept()));
      }
    } catch (IOException e) {
      // The server stops.
    } finally {
      acceptedLast();
    }
  }

  private synchronized void add(Connection connection) {
    connections.add(connection);
    if (stopping) {
      connection.stop();
    }
    connection.start();
  }

  private synchronized void acceptedLast() {
    accepting = false;
    notifyAll();
  }

  /** To be called by a connection as its last step. */
  synchronized void ended(Connection connection) {
    connections.remove(connection);
    notifyAll();
  }

  /**
   * Begins to stop, and does not wait. From its return on no client is accepted and no further
   * message is handled. Any thread may call, more than once.
   */
  void stop() {
    try {
      listener.close();
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    }
    synchronized (this) {
      stopping = true;
      connections.forEach(Connection::stop);
    }
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
    Thread timer = new Thread(() -> cutOffAt(deadline), "timer");
    timer.start();
    try {
      boolean all = awaitConnections();
      handlers.close();
      acceptor.join();
      return all;
    } finally {
      timer.interrupt();
      timer.join();
    }
  }

  private synchronized boolean awaitConnections() throws InterruptedException {
    while (accepting || !connections.isEmpty()) {
      wait();
    }
    return !cutOff;
  }

  private void cutOffAt(Deadline deadline) {
    try {
      deadline.await();
    } catch (InterruptedException e) {
      return; // All has ended in time.
    }
    synchronized (this) {
      cutOff = true;
      connections.forEach(Connection::cutOff);
    }
    handlers.close();
  }
}

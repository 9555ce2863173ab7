package course.server;

import course.common.Work;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens, accepts connections and owns them. The thread that accepts does nothing else. */
final class Server implements AutoCloseable {
  /** How many clients the kernel is asked to keep waiting, as 1,000 may come at the same time. */
  private static final int BACKLOG = 1_024;

  final Work work;
  final boolean quiet;
  final Handlers handlers;
  private final ServerSocket listener = new ServerSocket();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  /** Listens on {@code address}; throws an IOException if the port is in use. */
  Server(InetSocketAddress address, Work work, boolean quiet, Handlers handlers)
      throws IOException {
    this.work = work;
    this.quiet = quiet;
    this.handlers = handlers; // of all connections
    listener.bind(address, BACKLOG);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Accepts connections until {@link #close}; a failure to take one costs that client only. */
  void acceptConnections() throws InterruptedException {
    for (int number = 1; !listener.isClosed(); number++) {
      try {
        start(new Connection(this, number, listener.accept()));
      } catch (IOException | OutOfMemoryError e) { // out of file descriptors, or of threads
        if (!listener.isClosed()) {
          System.err.println("server: cannot take a connection: " + e.getMessage());
          Thread.sleep(100); // accept would fail again at once: let some connection end first
        }
      }
    }
  }

  /** Under the lock: a connection that has started is one that {@link #close} finds. */
  private synchronized void start(Connection connection) {
    if (listener.isClosed()) {
      connection.close();
    } else {
      connections.add(connection);
      connection.start();
    }
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }

  /** Stops accepting, closes every connection and waits for their threads. Any thread may call. */
  @Override
  public void close() {
    try {
      synchronized (this) { // from now on no connection starts
        listener.close(); // wakes the thread that accepts
      }
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    }
    connections.forEach(Connection::close);
    handlers.close(); // last: until then connections hand off
  }
}

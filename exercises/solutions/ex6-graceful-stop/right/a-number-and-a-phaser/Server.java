package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean cutOff; // whether something was; written by the timers only
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
        if (listener.isClosed()) {
          connection.stop(); // stop() may have gone through the set before this one was in it
        }
        connection.start(); // last: it must not read a message before it knows
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  /** To be called by a connection as its last step. */
  void ended(Connection connection) {
    connections.remove(connection);
  }

  /**
   * Begins to stop, and does not wait. From its return on no client is accepted and no further
   * message is handled. Any thread may call, more than once.
   */
  void stop() {
    try {
      listener.close(); // first: whoever is accepted after that is told by the acceptor
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
    // One thread looks at the time, so that this one can wait for all the others without a limit:
    // they end, by themselves or because they are cut off.
    Thread timer = Thread.ofVirtual().name("timer").start(() -> cutOffAt(deadline));
    try {
      acceptor.join(); // first: it may add one more connection
      for (Connection connection : connections) {
        connection.join();
      }
      boolean all = !cutOff;
      handlers.close(); // last: until then connections hand off
      return all;
    } finally {
      timer.interrupt(); // nobody needs the deadline any more
      timer.join();
    }
  }

  private void cutOffAt(Deadline deadline) {
    try {
      deadline.await();
      cutOff = true; // before it is so: whoever ends because of it must not count as answered
      connections.forEach(Connection::cutOff); // wakes handlers too, if they reply
      handlers.close(); // wakes those that are at work
    } catch (InterruptedException e) {
      // All has ended in time.
    }
  }
}

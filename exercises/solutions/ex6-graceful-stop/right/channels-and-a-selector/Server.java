package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocketChannel listener;
  private final int port;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);
  private final List<Thread> timers = new ArrayList<>(); // guarded by this
  private boolean over; // all threads but timers have ended; guarded by this
  private volatile boolean cut; // set under this, and never once it is over

  /**
   * Listens on the loopback address.
   *
   * @param port the port; 0 takes any free one
   * @throws IOException if the port is in use
   */
  Server(int port, int handlers, Work work) throws IOException {
    this.work = work;
    listener = ServerSocketChannel.open();
    try {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
      this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    this.handlers = new Handlers(handlers);
  }

  int port() {
    return port;
  }

  /** Begins to accept connections, on a thread of its own. To be called once. */
  void start() {
    acceptor.start();
  }

  private void acceptConnections() {
    try {
      while (true) {
        serve(listener.accept());
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  private void serve(SocketChannel channel) throws IOException {
    Connection connection;
    try {
      connection = new Connection(this, channel);
    } catch (IOException e) { // no more selectors: that costs this client only
      channel.close();
      return;
    }
    connections.removeIf(Connection::hasEnded);
    connections.add(connection);
    if (!listener.isOpen()) {
      connection.stop(); // stop() may have gone through the set before this one was in it
    }
    connection.start(); // if it is stopped it ends at once
  }

  boolean isCut() {
    return cut;
  }

  /**
   * Begins to stop, and does not wait. From its return on no client is accepted and no further
   * message is handled. Any thread may call, more than once.
   */
  void stop() {
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
    Thread timer = Thread.ofVirtual().name("deadline").unstarted(() -> cutOffAt(deadline));
    boolean mustWait;
    synchronized (this) {
      mustWait = !over;
      if (mustWait) {
        timers.add(timer);
        timer.start();
      }
    }
    if (mustWait) {
      try {
        awaitThreads();
      } catch (InterruptedException e) {
        timer.interrupt();
        throw e;
      }
    }
    endTimers();
    return !cut;
  }

  private void awaitThreads() throws InterruptedException {
    acceptor.join(); // from here on there are no new connections
    for (Connection connection : connections) {
      connection.join(); // from here on nobody needs a handler
    }
    handlers.close();
    if (Thread.interrupted()) { // it has not waited for all of them then
      throw new InterruptedException();
    }
  }

  private void endTimers() throws InterruptedException {
    List<Thread> left;
    synchronized (this) {
      over = true;
      left = List.copyOf(timers);
    }
    left.forEach(Thread::interrupt);
    for (Thread timer : left) {
      timer.join();
    }
  }

  private void cutOffAt(Deadline deadline) {
    try {
      deadline.await();
    } catch (InterruptedException e) {
      return; // nobody waits for it any more
    }
    synchronized (this) {
      if (over) {
        return;
      }
      cut = true;
    }
    connections.forEach(Connection::cut);
    handlers.close();
  }
}

package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);

  // All of these, and what is in flight on each connection, are guarded by this.
  private final Set<Connection> connections = new HashSet<>();
  private final List<Thread> leaving = new ArrayList<>(); // connections at their last step
  private final List<Thread> timers = new ArrayList<>();
  private boolean accepting;
  private boolean stopping;
  private boolean cut;
  private boolean over; // all threads but timers have ended

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
  synchronized void start() {
    accepting = true;
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
      synchronized (this) {
        accepting = false;
        notifyAll();
      }
    }
  }

  private synchronized void add(Connection connection) {
    connections.add(connection);
    connection.closeIfDone(); // stop() has not seen this one
    connection.start(); // on a closed socket it ends at once
  }

  /** To be called by a connection as its last step. */
  synchronized void ended(Connection connection) {
    connections.remove(connection);
    leaving.removeIf(thread -> !thread.isAlive());
    leaving.add(connection.thread());
    notifyAll();
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  synchronized boolean isCut() {
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
    synchronized (this) {
      stopping = true;
      connections.forEach(Connection::closeIfDone);
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
    Thread timer = Thread.ofVirtual().name("deadline").unstarted(() -> cutOffAt(deadline));
    try {
      awaitThreads(timer);
    } finally {
      timer.interrupt();
    }
    List<Thread> left;
    boolean all;
    synchronized (this) {
      over = true;
      all = !cut;
      left = List.copyOf(timers);
    }
    left.forEach(Thread::interrupt);
    for (Thread thread : left) {
      thread.join();
    }
    return all;
  }

  private void awaitThreads(Thread timer) throws InterruptedException {
    List<Thread> last;
    synchronized (this) {
      if (!over) {
        timers.add(timer);
        timer.start();
      }
      while (accepting || !connections.isEmpty()) {
        wait();
      }
      last = List.copyOf(leaving);
    }
    acceptor.join();
    for (Thread thread : last) {
      thread.join();
    }
    handlers.close(); // nobody needs one any more
    if (Thread.interrupted()) { // it has not waited for all of them then
      throw new InterruptedException();
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
      connections.forEach(Connection::cut);
      notifyAll();
    }
    handlers.close();
  }
}

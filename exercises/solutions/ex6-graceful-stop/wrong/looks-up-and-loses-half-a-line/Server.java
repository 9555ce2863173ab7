package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  private enum Verdict {
    OPEN,
    ALL_ANSWERED,
    CUT_OFF
  }

  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Connection> ending = ConcurrentHashMap.newKeySet();
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);
  private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.OPEN);
  private volatile boolean stopping;

  Server(int port, int handlers, Work work) throws IOException {
    this.work = work;
    listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.handlers = new Handlers(handlers);
  }

  int port() {
    return listener.getLocalPort();
  }

  void start() {
    acceptor.start();
  }

  private void acceptConnections() {
    try {
      while (true) {
        var connection = new Connection(this, listener.accept());
        connections.add(connection);
        if (stopping) {
          connection.stop();
        }
        connection.start();
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  void ended(Connection connection) {
    ending.add(connection);
    connections.remove(connection);
    ending.removeIf(other -> !other.isAlive());
  }

  void stop() {
    stopping = true;
    try {
      listener.close();
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    }
    connections.forEach(Connection::stop);
  }

  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    Thread clock = Thread.ofVirtual().name("deadline").unstarted(() -> runClock(deadline));
    clock.start();
    try {
      while (acceptor.isAlive() || !connections.isEmpty()) {
        Thread.sleep(2);
      }
      verdict.compareAndSet(Verdict.OPEN, Verdict.ALL_ANSWERED);
      for (Connection connection : ending) {
        connection.join();
      }
      handlers.close();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    } finally {
      clock.interrupt();
    }
    clock.join();
    return verdict.get() == Verdict.ALL_ANSWERED;
  }

  private void runClock(Deadline deadline) {
    try {
      deadline.await();
    } catch (InterruptedException e) {
      return;
    }
    boolean busy = connections.stream().anyMatch(Connection::isBusy);
    if (!busy || !verdict.compareAndSet(Verdict.OPEN, Verdict.CUT_OFF)) {
      return; // nothing is left, or another one cuts off
    }
    connections.forEach(Connection::cutOff);
    // Nobody must be able to hand off when the handlers are interrupted. They end soon.
    boolean interrupted = false;
    while (!connections.isEmpty()) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    handlers.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

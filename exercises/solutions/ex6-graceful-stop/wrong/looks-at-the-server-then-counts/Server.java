package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  private enum Event {
    ENDED,
    TIME_IS_UP
  }

  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private final Object result = new Object();
  private boolean ended; // guarded by result
  private volatile boolean cut; // written with result
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);

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
          connection.closeIfIdle();
        }
        connection.start();
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  /** Counts a message as in flight, unless the server stops. */
  boolean enter(AtomicInteger inFlight) {
    if (stopping) {
      return false;
    }
    inFlight.incrementAndGet();
    return true;
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isCut() {
    return cut;
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }

  void stop() {
    stopping = true;
    try {
      listener.close();
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    }
    connections.forEach(Connection::closeIfIdle);
  }

  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    var events = new LinkedBlockingQueue<Event>();
    Thread timer = Thread.ofVirtual().name("deadline").start(() -> time(deadline, events));
    Thread joiner = Thread.ofVirtual().name("joiner").start(() -> joinAll(events));
    try {
      while (events.take() != Event.ENDED) {
        cutOff();
      }
      synchronized (result) {
        ended = true;
        return !cut;
      }
    } finally {
      timer.interrupt();
      joiner.interrupt();
      boolean interrupted = Thread.interrupted();
      while (timer.isAlive() || joiner.isAlive()) {
        try {
          timer.join();
          joiner.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void time(Deadline deadline, BlockingQueue<Event> events) {
    try {
      deadline.await();
      events.add(Event.TIME_IS_UP);
    } catch (InterruptedException e) {
      // It is not needed any more.
    }
  }

  private void joinAll(BlockingQueue<Event> events) {
    try {
      acceptor.join();
      for (Connection connection : connections) {
        connection.join();
      }
      handlers.close();
      if (!Thread.currentThread().isInterrupted()) {
        events.add(Event.ENDED);
      }
    } catch (InterruptedException e) {
      // Whoever waited waits no longer.
    }
  }

  private void cutOff() {
    synchronized (result) {
      if (ended) {
        return;
      }
      cut = true;
    }
    connections.forEach(Connection::cut);
    handlers.close();
  }
}

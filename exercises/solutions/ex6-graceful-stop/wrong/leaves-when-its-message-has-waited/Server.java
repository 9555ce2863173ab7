package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Map<Thread, Connection> connections = new ConcurrentHashMap<>();
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);

  /** Held for reading by whoever lets something in, for a moment; for writing by stop. */
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  private volatile boolean stopping; // written behind the gate
  private final Object ending = new Object();
  private boolean ended; // guarded by ending
  private volatile boolean cutOff; // written with ending

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
        connections.keySet().removeIf(thread -> !thread.isAlive());
        gate.readLock().lock();
        try {
          if (stopping) {
            connection.close();
          } else {
            Thread thread = Thread.ofVirtual().name("connection").start(connection);
            connections.put(thread, connection);
          }
        } finally {
          gate.readLock().unlock();
        }
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  /** Counts a message of this connection, unless the server stops. */
  boolean admits(Connection connection) {
    gate.readLock().lock();
    try {
      if (stopping) {
        return false;
      }
      connection.inFlight.incrementAndGet();
      return true;
    } finally {
      gate.readLock().unlock();
    }
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isCutOff() {
    return cutOff;
  }

  void stop() {
    gate.writeLock().lock();
    try {
      if (stopping) {
        return; // who was first closes; nothing is let in from now on
      }
      stopping = true;
      listener.close();
      connections.values().forEach(Connection::closeIfIdle);
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    } finally {
      gate.writeLock().unlock();
    }
  }

  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    Runnable clock =
        () -> {
          try {
            deadline.await();
          } catch (InterruptedException e) {
            return;
          }
          cutOff();
        };
    Thread clockThread = Thread.ofVirtual().name("clock").start(clock);
    try {
      acceptor.join();
      for (Thread thread : connections.keySet()) {
        thread.join();
      }
      synchronized (ending) {
        ended = true;
      }
      handlers.close();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    } finally {
      clockThread.interrupt();
      clockThread.join();
    }
    return !cutOff;
  }

  private void cutOff() {
    synchronized (ending) {
      if (ended || cutOff) {
        return;
      }
      cutOff = true;
    }
    connections.forEach((thread, connection) -> {
      connection.close();
      thread.interrupt();
    });
    handlers.close();
  }
}

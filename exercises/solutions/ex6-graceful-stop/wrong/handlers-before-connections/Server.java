package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Listens, accepts connections and owns them; one pool of handlers for all of them. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocket listener;
  private final Thread acceptor =
      Thread.ofVirtual().name("acceptor").unstarted(this::acceptConnections);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition noneLeft = lock.newCondition();
  private final Set<Connection> live = new HashSet<>();
  private final List<Thread> ending = new ArrayList<>();
  private boolean stopping;
  private boolean cut;

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
        add(new Connection(this, listener.accept()));
      }
    } catch (IOException e) {
      // The server stops.
    }
  }

  private void add(Connection connection) {
    lock.lock();
    try {
      live.add(connection);
      if (stopping) {
        connection.stop();
      }
      connection.thread.start();
    } finally {
      lock.unlock();
    }
  }

  void ended(Connection connection) {
    lock.lock();
    try {
      live.remove(connection);
      ending.removeIf(thread -> !thread.isAlive());
      ending.add(connection.thread);
      if (live.isEmpty()) {
        noneLeft.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    try {
      listener.close();
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    }
    lock.lock();
    try {
      stopping = true;
      live.forEach(Connection::stop);
    } finally {
      lock.unlock();
    }
  }

  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    Thread timer = Thread.ofVirtual().name("deadline").start(() -> time(deadline));
    boolean all;
    try {
      acceptor.join();
      List<Thread> last;
      lock.lockInterruptibly();
      try {
        awaitNone();
        all = !cut;
        last = List.copyOf(ending);
      } finally {
        lock.unlock();
      }
      for (Thread thread : last) {
        thread.join();
      }
      handlers.close();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    } finally {
      timer.interrupt();
    }
    timer.join();
    return all;
  }

  private void awaitNone() throws InterruptedException {
    while (!live.isEmpty()) {
      noneLeft.await();
    }
  }

  private void time(Deadline deadline) {
    try {
      deadline.await();
    } catch (InterruptedException e) {
      return;
    }
    lock.lock();
    try {
      if (live.stream().noneMatch(Connection::busy)) {
        return;
      }
      cut = true;
    } finally {
      lock.unlock();
    }
    handlers.close(); // all that is at work
    lock.lock();
    try {
      live.forEach(Connection::cut); // and all that waits
    } finally {
      lock.unlock();
    }
  }
}

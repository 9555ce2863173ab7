package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Listens; one thread accepts, and one reads for all connections. */
final class Server {
  final Work work;
  final Handlers handlers;
  private final ServerSocketChannel listener;
  private final int port;
  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<Connection> connections = new HashSet<>(); // the selector thread's
  private final AtomicReference<Boolean> all = new AtomicReference<>(); // null until it is decided
  private final Thread acceptor = Thread.ofVirtual().name("acceptor").unstarted(this::acceptAll);
  private final Thread loop = Thread.ofPlatform().daemon().name("selector").unstarted(this::loop);
  private final Object admitting = new Object();
  private volatile boolean stopping; // set under admitting
  private boolean accepted; // no more clients come; the selector thread's

  Server(int port, int handlers, Work work) throws IOException {
    this.work = work;
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    this.port = listener.socket().getLocalPort();
    this.handlers = new Handlers(handlers);
  }

  int port() {
    return port;
  }

  void start() {
    loop.start();
    acceptor.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel channel = listener.accept();
        later(() -> open(channel));
      }
    } catch (IOException e) {
      // The server stops.
    } finally {
      later(() -> accepted = true);
    }
  }

  private void open(SocketChannel channel) {
    var connection = new Connection(this, channel);
    try {
      connection.register(selector);
    } catch (IOException e) {
      try {
        channel.close();
      } catch (IOException e2) {
        // It is closed all the same.
      }
      return;
    }
    connections.add(connection);
    connection.closeIfDone(); // the server may stop already
  }

  /** Has the selector thread do something. */
  void later(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void loop() {
    try {
      while (true) {
        for (Runnable task; (task = tasks.poll()) != null; ) {
          task.run();
        }
        if (stopping && accepted && connections.isEmpty()) {
          break;
        }
        selector.select();
        for (var key : selector.selectedKeys()) {
          ((Connection) key.attachment()).ready();
        }
        selector.selectedKeys().clear();
      }
      selector.close();
    } catch (IOException e) {
      System.err.println("server: cannot select: " + e.getMessage());
    }
  }

  /** Counts a message of this connection, unless the server stops. */
  boolean admit(Connection connection) {
    synchronized (admitting) {
      if (stopping) {
        return false;
      }
      connection.count();
      return true;
    }
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isCut() {
    return all.get() == Boolean.FALSE;
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }

  void stop() {
    synchronized (admitting) {
      stopping = true;
    }
    try {
      listener.close();
    } catch (IOException e) {
      System.err.println("server: cannot stop listening: " + e.getMessage());
    }
    later(() -> List.copyOf(connections).forEach(Connection::closeIfDone));
  }

  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    Thread watch =
        Thread.ofVirtual()
            .name("deadline")
            .start(() -> {
              try {
                deadline.await();
              } catch (InterruptedException e) {
                return;
              }
              if (all.compareAndSet(null, false)) {
                stop();
                later(() -> List.copyOf(connections).forEach(Connection::cutOff));
                handlers.close();
              }
            });
    try {
      acceptor.join();
      loop.join();
      handlers.close();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      all.compareAndSet(null, true);
      return all.get();
    } finally {
      watch.interrupt();
      joinAnyway(watch);
    }
  }

  static void joinAnyway(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

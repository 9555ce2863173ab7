package course.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A server for tests, in this JVM: what it does with each connection is the test's to say. Closing
 * it closes all connections and joins all threads.
 */
public final class EchoServer implements AutoCloseable {
  /** What is done with one connection, on a thread of its own; the connection is closed after. */
  @FunctionalInterface
  public interface Script {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  /** What is done with one message. */
  @FunctionalInterface
  public interface Reply {
    void to(byte[] message, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final List<Thread> threads = new ArrayList<>(); // guarded by this
  private final List<Socket> sockets = new ArrayList<>(); // guarded by this

  private EchoServer(Script script) throws IOException {
    this.script = script;
    this.listening = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  }

  /** Starts a server on a free port. */
  public static EchoServer start(Script script) throws IOException {
    var server = new EchoServer(script);
    synchronized (server) {
      server.threads.add(Thread.ofPlatform().name("accept").start(server::accept));
    }
    return server;
  }

  /** Starts a server that answers every message with the same bytes, in order. */
  public static EchoServer start() throws IOException {
    return start(EchoServer::echo);
  }

  /** Starts a server that does the same with every message of every connection. */
  public static EchoServer replying(Reply reply) throws IOException {
    return start(socket -> serve(socket, reply));
  }

  /** Answers every message of one connection until its end. */
  public static void echo(Socket socket) throws IOException, InterruptedException {
    serve(socket, EchoServer::answer);
  }

  /** Sends a line. */
  public static void answer(byte[] line, OutputStream out) throws IOException {
    var bytes = new byte[line.length + 1];
    System.arraycopy(line, 0, bytes, 0, line.length);
    bytes[line.length] = '\n';
    out.write(bytes);
  }

  /** Closes a connection so that the other side sees a reset. */
  public static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void serve(Socket socket, Reply reply) throws IOException, InterruptedException {
    var messages = new LineReader(socket.getInputStream(), LineConnection.MAX_REPLY_BYTES);
    for (var message = messages.read(); message.isPresent(); message = messages.read()) {
      reply.to(message.get(), socket.getOutputStream());
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (true) {
      try {
        var socket = listening.accept();
        socket.setTcpNoDelay(true);
        synchronized (this) {
          sockets.add(socket);
          threads.add(Thread.startVirtualThread(() -> run(socket)));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void run(Socket socket) {
    try (socket) {
      script.serve(socket);
    } catch (IOException e) {
      // the client went away, or the test closed the server
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the test closed the server
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    List<Thread> running;
    synchronized (this) {
      for (var socket : sockets) {
        socket.close();
      }
      running = List.copyOf(threads);
    }
    for (var thread : running) {
      thread.interrupt();
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A server as a process of its own, for tests that kill it: prints its port, then echoes. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (var server = start()) {
      System.out.println(server.port());
      Thread.currentThread().join(); // until killed
    }
  }
}

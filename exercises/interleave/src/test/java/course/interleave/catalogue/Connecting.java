package course.interleave.catalogue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.interleave.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Sockets: the kernel is between the threads. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class Connecting {
  private Connecting() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "replies that mix on a socket",
            Connecting.class,
            run -> replyBoth(run, new Mixing()),
            run -> replyBoth(run, new Whole())),
        new Sample(
            "socket closed before the reply",
            Connecting.class,
            run -> echo(run, new HastyEcho()),
            run -> echo(run, new Echo())),
        new Sample(
            "leaked connection thread",
            Connecting.class,
            run -> connectAndStop(run, new LeakingServer()),
            run -> connectAndStop(run, new Server())));
  }

  private static Socket connect(ServerSocket server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static void replyBoth(Run run, Mixing replies) throws Exception {
    try (ServerSocket server = listen();
        Socket client = connect(server);
        Socket connection = server.accept()) {
      run.thread("a", () -> replies.send(connection.getOutputStream(), "aa"));
      run.thread("b", () -> replies.send(connection.getOutputStream(), "bb"));
      run.join();
      connection.shutdownOutput();
      String all = new String(client.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(List.of("aa\nbb\n", "bb\naa\n").contains(all), all);
    }
  }

  static class Mixing {
    void send(OutputStream out, String reply) throws IOException {
      out.write(reply.getBytes(US_ASCII));
      out.write('\n');
    }
  }

  static class Whole extends Mixing {
    @Override
    synchronized void send(OutputStream out, String reply) throws IOException {
      super.send(out, reply);
    }
  }

  private static void echo(Run run, Echo echo) throws Exception {
    try (ServerSocket server = listen()) {
      run.thread("server", () -> echo.serve(server));
      try (Socket client = connect(server)) {
        client.getOutputStream().write('x');
        client.shutdownOutput();
        assertEquals('x', client.getInputStream().read(), "the reply");
      }
      run.join();
    }
  }

  static class Echo {
    void serve(ServerSocket server) throws Exception {
      try (Socket socket = server.accept()) {
        int message = socket.getInputStream().read();
        Thread handler = Thread.ofVirtual().unstarted(() -> reply(socket, message));
        handler.start();
        end(handler);
      }
    }

    void reply(Socket socket, int message) {
      try {
        socket.getOutputStream().write(message);
      } catch (IOException e) {
        // the client is gone
      }
    }

    void end(Thread handler) throws InterruptedException {
      handler.join();
    }
  }

  static class HastyEcho extends Echo {
    @Override
    void end(Thread handler) {
      // closes while the reply may be on its way
    }
  }

  private static void connectAndStop(Run run, Server server) throws Exception {
    run.thread("server", server::serve);
    connect(server.socket); // and stays connected
    run.thread("stops", server::stop);
    run.join();
  }

  static class Server {
    final ServerSocket socket;
    private final List<Socket> open = new java.util.concurrent.CopyOnWriteArrayList<>();
    private boolean stopped;

    Server() {
      try {
        socket = listen();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    void serve() {
      try {
        while (true) {
          Socket connection = socket.accept();
          if (!register(connection)) {
            return;
          }
          Thread.ofVirtual().start(() -> readAll(connection));
        }
      } catch (IOException e) {
        // stopped
      }
    }

    synchronized boolean register(Socket connection) throws IOException {
      if (stopped) {
        connection.close();
        return false;
      }
      open.add(connection);
      return true;
    }

    private static void readAll(Socket connection) {
      try (connection;
          InputStream in = connection.getInputStream()) {
        while (in.read() >= 0) {
          // nothing to be done with it
        }
      } catch (IOException e) {
        // stopped
      }
    }

    void stop() throws IOException {
      synchronized (this) {
        stopped = true;
      }
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    }
  }

  static class LeakingServer extends Server {
    private final List<Socket> known = new java.util.concurrent.CopyOnWriteArrayList<>();

    @Override
    boolean register(Socket connection) {
      known.add(connection);
      return true;
    }

    @Override
    void stop() throws IOException {
      for (Socket connection : known) {
        connection.close();
      }
      socket.close();
    }
  }
}

package course.client.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that follows a script, one connection after another, on a thread that close joins. */
final class ScriptedServer implements AutoCloseable {
  /** What to do with one connection; the server closes it afterwards. */
  interface Script {
    void run(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  ScriptedServer(Script script) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread.execute(() -> {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          script.run(socket);
        } catch (IOException _) {
          // closed by the test, or a client that went away: both are in the script
        }
      }
    });
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  void stopListening() throws IOException {
    listener.close();
  }

  static List<String> readAll(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
        .lines()
        .toList();
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    thread.close(); // waits for the thread
  }
}

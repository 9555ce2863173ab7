package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Passes bytes to and fro between pairs of sockets: so others get their turn, and what was sent to
 * them is as good as read. Nobody can see that it is, so what needs it may be late once in a while.
 */
final class RoundTrips {
  private RoundTrips() {}

  static void make(int count) throws IOException, InterruptedException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      make(listener, count);
    }
  }

  /** A pair for each trip: several threads of the JDK wake those that read, each for its own. */
  private static void make(ServerSocket listener, int count)
      throws IOException, InterruptedException {
    try (var near = new Socket(listener.getInetAddress(), listener.getLocalPort());
        var far = listener.accept()) {
      // Virtual, as the server's threads are: it is woken as they are, and waits its turn as they
      // do.
      Thread echo = Thread.ofVirtual().name("echo").start(() -> echo(far));
      near.getOutputStream().write(1);
      if (near.getInputStream().read() < 0) {
        throw new IOException("the echo has ended");
      }
      if (count > 1) {
        make(listener, count - 1);
      }
      near.shutdownOutput();
      echo.join();
    }
  }

  private static void echo(Socket far) {
    try {
      far.getInputStream().transferTo(far.getOutputStream());
    } catch (IOException e) {
      // The other side says so too.
    }
  }
}

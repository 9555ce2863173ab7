package course.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Passes a byte to and fro between two sockets: so others get their turn, and what was sent to them
 * is as good as read. Nobody can see that it is, so what needs it may be late once in a while.
 */
final class RoundTrips {
  private RoundTrips() {}

  static void make(int count) throws IOException, InterruptedException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (var listener = new ServerSocket(0, 1, here);
        var near = new Socket(here, listener.getLocalPort());
        var far = listener.accept()) {
      // Virtual, as the server's threads are: it is woken as they are, and waits its turn as they
      // do.
      Thread echo = Thread.ofVirtual().name("echo").start(() -> echo(far));
      InputStream answers = near.getInputStream();
      for (int n = 0; n < count; n++) {
        near.getOutputStream().write(1);
        if (answers.read() < 0) {
          throw new IOException("the echo has ended");
        }
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

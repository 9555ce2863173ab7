package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Listens and accepts, as in lesson 2; answers each line with the same line. */
final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    try (var listener = new ServerSocket(9090, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on 127.0.0.1:9090");
      while (true) {
        new Connection(listener.accept()).start();
      }
    } catch (IOException e) {
      System.err.println("server: port 9090: " + e.getMessage());
      System.exit(2);
    }
  }
}

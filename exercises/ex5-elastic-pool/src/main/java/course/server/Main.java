package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** Listens and accepts, as in lesson 4; three to six handlers for all connections. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    var threads = Thread.ofVirtual().name("handler ", 1).factory();
    try (var pool = new HandlerPool(3, 6, Duration.ofSeconds(5), threads);
        var listener = new ServerSocket(9090, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on 127.0.0.1:9090");
      while (true) {
        new Connection(listener.accept(), pool).start();
      }
    } catch (IOException e) {
      System.err.println("server: port 9090: " + e.getMessage());
      System.exit(2);
    }
  }
}

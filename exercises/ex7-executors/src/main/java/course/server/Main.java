package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/** Listens and accepts; the argument says which lesson's handlers answer: 2, 3 or 4. */
final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    String lesson = args.length == 0 ? "4" : args[0];
    ThreadFactory threads = Thread.ofVirtual().name("handler ", 1).factory();
    try (ExecutorService pool =
            switch (lesson) {
              case "2" -> Pools.perMessage(threads);
              case "3" -> Pools.fixed(3, threads);
              default -> Pools.growing(3, 8, Duration.ofSeconds(10), threads);
            };
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

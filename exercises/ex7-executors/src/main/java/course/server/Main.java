package course.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/** Listens and accepts; its argument says which lesson it is: 2, 3 or 4. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    ThreadFactory threads = Thread.ofVirtual().name("handler ", 1).factory();
    try (ExecutorService handlers =
            switch (args.length == 1 ? args[0] : "none") {
              case "2" -> Handlers.perMessage(threads);
              case "3" -> Handlers.fixed(3, threads);
              case "4" -> Handlers.growing(3, 8, Duration.ofSeconds(5), threads);
              default -> throw new IllegalArgumentException("say which lesson: 2, 3 or 4");
            };
        var listener = new ServerSocket(9090, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on 127.0.0.1:9090");
      while (true) {
        new Connection(listener.accept(), handlers).start();
      }
    } catch (IOException e) {
      System.err.println("server: port 9090: " + e.getMessage());
      System.exit(2);
    } catch (IllegalArgumentException e) {
      System.err.println("server: " + e.getMessage());
      System.exit(2);
    }
  }
}

package course.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Runs the server with three handlers, and stops it on Ctrl-C: it has five seconds for that. */
final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      var server = new Server(9090, 3, Main::work);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
      server.start();
      System.out.println("listening on 127.0.0.1:" + server.port());
      new CountDownLatch(1).await(); // for ever: the server's own threads keep no JVM alive
    } catch (IOException e) {
      System.err.println("server: port 9090: " + e.getMessage());
      System.exit(2);
    }
  }

  private static String work(String message) throws InterruptedException {
    System.out.println("<< message " + message + " " + Thread.currentThread().getName());
    Thread.sleep(Duration.ofSeconds(1));
    return message;
  }

  private static void stop(Server server) {
    try {
      server.stop();
      boolean all = server.awaitEnd(() -> Thread.sleep(Duration.ofSeconds(5)));
      System.out.println(all ? "stopped: all has ended" : "stopped: the time was up");
    } catch (Exception e) { // which ones awaitEnd throws is up to Server
      System.err.println("server: it could not stop: " + e);
    }
  }
}

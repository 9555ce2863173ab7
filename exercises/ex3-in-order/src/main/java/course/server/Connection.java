package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** One client's socket. Its thread reads; the replies are not its business. */
final class Connection {
  private final Socket socket;

  Connection(Socket socket) {
    this.socket = socket;
  }

  void start() {
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try (socket) {
      var messages = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      var replies =
          new Replies(Connection::work, reply -> out.write((reply + "\n").getBytes(ISO_8859_1)));
      for (String message; (message = messages.readLine()) != null; ) {
        replies.message(message);
      }
      replies.awaitAll(); // a client that has said all still gets its replies
    } catch (Exception e) { // which ones awaitAll throws is up to Replies
      System.err.println("server: a connection ended: " + e.getMessage());
    }
  }

  /** The slow part: up to two seconds. The message "fail" fails. */
  private static String work(String message) throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(2_000));
    if (message.equals("fail")) {
      throw new IllegalArgumentException("as it was told to");
    }
    return message;
  }
}

package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/** One client's socket. Its thread reads, and hands each message off to the pool. */
final class Connection {
  private final Socket socket;
  private final HandlerPool pool;
  private int inFlight; // messages handed off and not replied to; guarded by this

  Connection(Socket socket, HandlerPool pool) {
    this.socket = socket;
    this.pool = pool;
  }

  void start() {
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try (socket) {
      var messages = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      OutputStream replies = socket.getOutputStream();
      for (String message; (message = messages.readLine()) != null; ) {
        handOff(message, replies);
      }
      awaitReplies(); // a client that has said all still gets its replies
    } catch (IOException | InterruptedException e) {
      System.err.println("server: a connection ended: " + e.getMessage());
    }
  }

  private void handOff(String message, OutputStream replies) throws InterruptedException {
    synchronized (this) {
      inFlight++;
    }
    pool.handOff(() -> handle(message, replies));
  }

  private synchronized void awaitReplies() throws InterruptedException {
    while (inFlight > 0) {
      wait();
    }
  }

  private synchronized void replied() {
    inFlight--;
    notifyAll();
  }

  private void handle(String message, OutputStream replies) {
    System.out.println("<< message " + message + " " + Thread.currentThread().getName());
    try {
      Thread.sleep(Duration.ofSeconds(1)); // the work
      synchronized (replies) {
        replies.write((message + "\n").getBytes(ISO_8859_1));
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("server: no reply: " + e.getMessage());
    } finally {
      replied();
    }
  }
}

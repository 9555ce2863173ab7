package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One client's socket. Its thread reads; each message gets a handler, as in lesson 2. */
final class Connection {
  private final int number;
  private final Socket socket;
  private final Totals totals;
  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet(); // one a message in flight

  Connection(int number, Socket socket, Totals totals) {
    this.number = number;
    this.socket = socket;
    this.totals = totals;
  }

  void start() {
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    try (socket) {
      var messages = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      OutputStream replies = socket.getOutputStream();
      for (String message; (message = messages.readLine()) != null; ) {
        startHandler(message, replies);
      }
      awaitHandlers(); // a client that has said all still gets its replies
    } catch (IOException | InterruptedException e) {
      System.err.println("server: connection " + number + " ended: " + e.getMessage());
    }
  }

  private void startHandler(String message, OutputStream replies) {
    Thread handler = Thread.ofVirtual().unstarted(() -> handle(message, replies));
    handlers.add(handler); // before it starts, or it could end and never be removed
    handler.start();
  }

  private void awaitHandlers() throws InterruptedException {
    for (Thread handler : handlers) {
      handler.join();
    }
  }

  private void handle(String message, OutputStream replies) {
    totals.begins();
    try {
      Thread.sleep(Duration.ofSeconds(1)); // the work
      String reply = message.equals("totals") ? totals.snapshot().toString() : message;
      synchronized (replies) {
        replies.write((reply + "\n").getBytes(ISO_8859_1));
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("server: no reply on connection " + number + ": " + e.getMessage());
    } finally {
      totals.replied(number);
      handlers.remove(Thread.currentThread());
    }
  }
}

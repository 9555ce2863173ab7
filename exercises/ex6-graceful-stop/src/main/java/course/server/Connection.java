package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** One client's socket, from accept to close. Its thread reads, and hands off to the pool. */
final class Connection {
  private final Server server;
  private final Socket socket;
  private final Thread thread = Thread.ofVirtual().name("connection").unstarted(this::serve);
  private final Object replying = new Object(); // whoever has it replies: two must not mix
  private int inFlight; // messages handed off and not replied to; guarded by this

  Connection(Server server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  void start() {
    thread.start();
  }

  private void serve() {
    try (socket) {
      var messages = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      for (String message; (message = messages.readLine()) != null; ) {
        handOff(message);
      }
      awaitReplies(); // a client that has said all still gets its replies
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the server stops: that is the end of this connection.
    } finally {
      server.ended(this);
    }
  }

  private void handOff(String message) throws InterruptedException {
    // TODO: a message that is read while the server stops comes here too.
    synchronized (this) {
      inFlight++;
    }
    server.handlers.handOff(() -> handle(message));
  }

  private synchronized void replied() {
    inFlight--;
    notifyAll();
  }

  private synchronized void awaitReplies() throws InterruptedException {
    while (inFlight > 0) {
      wait();
    }
  }

  private void handle(String message) {
    try {
      reply(server.work.on(message));
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pool closes: its handler must see that too
    } finally {
      replied();
    }
  }

  private void reply(String text) throws IOException {
    synchronized (replying) {
      socket.getOutputStream().write((text + "\n").getBytes(ISO_8859_1));
    }
  }

  /** Ends this connection and its thread. Any other thread may call, more than once. */
  void close() {
    try {
      // TODO: who needs the socket, and who the thread, when the server stops?
      socket.close(); // wakes the thread if it reads
      thread.interrupt(); // wakes it if it waits for a handler, or for replies
      thread.join();
    } catch (IOException e) {
      // The socket is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

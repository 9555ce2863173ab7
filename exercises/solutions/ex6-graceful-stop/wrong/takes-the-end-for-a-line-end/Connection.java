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
  private int inFlight; // messages read and not replied to; guarded by this
  private boolean stopping; // no more messages get in flight; guarded by this

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
      var line = new StringBuilder();
      for (int c; (c = messages.read()) >= 0; ) {
        if (c != '\n') {
          line.append((char) c);
          continue;
        }
        // Reads on when the server stops, and drops it all: closing a socket with unread input
        // resets it, and a reset can overtake the last reply.
        String message = line.toString().stripTrailing();
        line.setLength(0);
        if (begins()) {
          handOff(message);
        }
      }
      if (!line.isEmpty()) {
        synchronized (this) {
          inFlight++;
        }
        handOff(line.toString());
      }
      awaitReplies(); // a client that has said all still gets its replies
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the server stops: that is the end of this connection.
    } finally {
      server.ended(this);
    }
  }

  /** Looks and counts in one: else stop() could find nothing in flight in between, and close. */
  private synchronized boolean begins() {
    if (!stopping) {
      inFlight++;
    }
    return !stopping;
  }

  private void handOff(String message) throws InterruptedException {
    server.handlers.handOff(() -> handle(message));
  }

  private synchronized void replied() {
    inFlight--;
    notifyAll();
    closeIfDone();
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
      replied(); // after the reply: it may close the socket
    }
  }

  private void reply(String text) throws IOException {
    synchronized (replying) {
      socket.getOutputStream().write((text + "\n").getBytes(ISO_8859_1));
    }
  }

  /**
   * Handles no further message, and closes as soon as what is in flight is answered: at once if
   * nothing is. Does not wait. Any thread may call, more than once, also before the start.
   */
  synchronized void stop() {
    stopping = true;
    closeIfDone();
  }

  /** The one place that closes a connection which stops. The caller has the lock. */
  private void closeIfDone() {
    if (stopping && inFlight == 0) {
      closeSocket();
    }
  }

  /** Ends this connection, whatever is in flight. Any thread may call, more than once. */
  void cutOff() {
    closeSocket();
    thread.interrupt(); // wakes it if it waits for a handler, or for replies
  }

  private void closeSocket() {
    try {
      socket.close(); // wakes whoever reads or replies
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Waits until this connection's thread has ended. */
  void join() throws InterruptedException {
    thread.join();
  }
}

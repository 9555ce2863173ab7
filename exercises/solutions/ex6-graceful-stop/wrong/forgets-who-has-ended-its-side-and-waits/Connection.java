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
  private boolean ended; // the client has ended its side; guarded by this
  private boolean stopping; // no further message is taken; guarded by this

  Connection(Server server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  void start() {
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  private void serve() {
    try {
      var messages = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      for (String message; (message = messages.readLine()) != null; ) {
        handOff(message);
      }
    } catch (IOException | InterruptedException e) {
      closeSocket(); // the client is gone, or the time is up
    } finally {
      synchronized (this) {
        ended = true; // it has said all: the last reply closes the socket
        closeIfDone();
      }
      server.ended(this);
    }
  }

  private void handOff(String message) throws InterruptedException {
    synchronized (this) {
      if (stopping) {
        return;
      }
      inFlight++;
    }
    try {
      server.handlers.handOff(() -> handle(message));
    } catch (InterruptedException e) {
      replied();
      throw e;
    }
  }

  private synchronized void replied() {
    inFlight--;
    closeIfDone();
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
      if (server.isCutOff()) {
        Thread.currentThread().interrupt(); // the work may have swallowed it
      }
    }
  }

  private void reply(String text) throws IOException {
    synchronized (replying) {
      socket.getOutputStream().write((text + "\n").getBytes(ISO_8859_1));
    }
  }

  /** Takes no further message; closes now if nothing is in flight, else with the last reply. */
  synchronized void stop() {
    stopping = true;
    closeIfDone();
  }

  /** Whoever reads, waits for a handler or writes, ends that. */
  void cutOff() {
    synchronized (this) {
      stopping = true;
    }
    closeSocket();
    thread.interrupt();
  }

  private boolean done() {
    return (stopping || ended) && inFlight == 0;
  }

  private void closeIfDone() {
    if (done()) {
      closeSocket(); // wakes the thread if it reads
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is closed all the same.
    }
  }
}

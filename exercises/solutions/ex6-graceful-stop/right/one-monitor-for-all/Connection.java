package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;

/** One client's socket, from accept to close. Its thread reads, and hands off to the pool. */
final class Connection {
  private final Server server;
  private final Socket socket;
  private final Thread thread = Thread.ofVirtual().name("connection").unstarted(this::serve);
  private final Object replying = new Object(); // whoever has it replies: two must not mix
  private int inFlight; // messages counted and not replied to; guarded by server
  private boolean done; // the server stops, nothing is in flight: to be closed; guarded by server

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
      try (socket) {
        var input = new Input(socket.getInputStream());
        var messages = new BufferedReader(new InputStreamReader(input, ISO_8859_1));
        for (String message; (message = messages.readLine()) != null; ) {
          handOff(message);
        }
        awaitReplies(); // a client that has said all still gets its replies
      } catch (IOException e) {
        // The client is gone, or this connection was closed.
      }
      awaitReplies(); // somebody may still work for a client that is gone
    } catch (InterruptedException e) {
      // The deadline was up.
    } finally {
      server.ended(this);
    }
  }

  private void handOff(String message) throws InterruptedException {
    synchronized (server) {
      if (server.isStopping()) {
        return;
      }
      inFlight++;
    }
    boolean taken = false;
    try {
      server.handlers.handOff(() -> handle(message));
      taken = true;
    } finally {
      if (!taken) {
        replied();
      }
    }
  }

  private void replied() {
    synchronized (server) {
      inFlight--;
      server.notifyAll();
      closeIfDone();
    }
  }

  private void awaitReplies() throws InterruptedException {
    synchronized (server) {
      while (inFlight > 0 && !server.isCut()) {
        server.wait();
      }
    }
  }

  private void handle(String message) {
    try {
      if (!server.isCut()) {
        reply(server.work.on(message));
      }
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pool closes: its handler must see that too
    } finally {
      replied();
      if (server.isCut()) {
        Thread.currentThread().interrupt(); // also if the work has swallowed it
      }
    }
  }

  private void reply(String text) throws IOException {
    synchronized (replying) {
      socket.getOutputStream().write((text + "\n").getBytes(ISO_8859_1));
    }
  }

  /**
   * Closes it if the server stops and nothing is in flight. With unread input its thread does that,
   * when it has dropped that. To be called under the lock of the server.
   */
  void closeIfDone() {
    if (server.isStopping() && inFlight == 0 && !done) {
      done = true;
      if (unread() == 0) {
        closeSocket();
      }
    }
  }

  private int unread() {
    try {
      return socket.getInputStream().available();
    } catch (IOException e) {
      return 0; // closed already
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Ends this connection, whatever is in flight. Does not wait. */
  void cut() {
    closeSocket();
    thread.interrupt(); // it may wait for a handler, or for replies
  }

  private boolean isDone() {
    synchronized (server) {
      return done;
    }
  }

  /** What the client sends. While the server stops all of it is read and dropped. */
  private final class Input extends FilterInputStream {
    private boolean atEnd;
    private int patience = 1 << 24; // bytes: a client that never stops sending is not waited for

    Input(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      while (!atEnd) {
        int n = in.read(to, from, length);
        if (n < 0 || !server.isStopping()) {
          return n;
        }
        if (isDone() && ((patience -= n) <= 0 || in.available() == 0)) {
          atEnd = true; // also for a reader that asks again, after half a line
        }
      }
      return -1;
    }
  }
}

package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
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
  private int inFlight; // messages read and not replied to; guarded by this
  private boolean stopping; // nothing new is taken; guarded by this
  private boolean dropping; // its thread reads no more, and closes the socket; guarded by this
  private boolean cut; // nobody waits for replies; guarded by this

  Connection(Server server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  void start() {
    thread.start();
  }

  void join() throws InterruptedException {
    thread.join();
  }

  synchronized boolean isBusy() {
    return inFlight > 0;
  }

  private void serve() {
    try (socket) {
      try {
        receive(socket.getInputStream());
      } catch (IOException e) {
        // The client is gone, or the server has closed the socket.
      }
      awaitReplies();
    } catch (IOException | InterruptedException e) {
      // That is the end of this connection.
    } finally {
      server.ended(this);
    }
  }

  private void receive(InputStream in) throws IOException, InterruptedException {
    var messages = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
    for (String message; (message = messages.readLine()) != null && begin(); ) {
      handOff(message);
    }
    awaitReplies();
    drop(in);
  }

  private static void drop(InputStream in) throws IOException {
    in.skipNBytes(in.available()); // unread input would reset the connection when it is closed
  }

  private synchronized boolean begin() {
    if (stopping) {
      dropping = true;
      return false;
    }
    inFlight++;
    return true;
  }

  private void handOff(String message) throws InterruptedException {
    try {
      server.handlers.handOff(() -> handle(message));
    } catch (InterruptedException e) {
      replied(); // nobody will
      throw e;
    }
  }

  private void replied() {
    synchronized (this) {
      inFlight--;
      notifyAll();
      if (!stopping || inFlight > 0 || dropping) {
        return;
      }
    }
    finish();
  }

  private synchronized void awaitReplies() throws InterruptedException {
    while (inFlight > 0 && !cut) {
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
    } catch (RuntimeException | Error e) {
      System.err.println("server: " + Thread.currentThread().getName() + " failed: " + e);
    } finally {
      replied();
      if (server.isCut()) {
        Thread.currentThread().interrupt(); // the work may have swallowed it
      }
    }
  }

  private void reply(String text) throws IOException {
    synchronized (replying) {
      socket.getOutputStream().write((text + "\n").getBytes(ISO_8859_1));
    }
  }

  /** Takes nothing new, and closes as soon as nothing is in flight. Any thread, more than once. */
  void stop() {
    synchronized (this) {
      stopping = true;
      if (inFlight > 0) {
        return;
      }
    }
    close();
  }

  /** The last reply is out. The thread of this connection may not have read all that came. */
  private void finish() {
    try {
      InputStream in = socket.getInputStream();
      for (int n = 0; n < 500 && in.available() > 0; n++) { // it drops; but not for ever
        Thread.sleep(1);
      }
    } catch (IOException e) {
      // It is closed already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is closed all the same.
    }
  }

  /** Ends whatever is left. Any thread may call, more than once. */
  void cutOff() {
    synchronized (this) {
      stopping = true;
      cut = true;
    }
    close(); // wakes who reads or writes
    thread.interrupt(); // wakes it if it waits for a handler, or for replies
  }
}

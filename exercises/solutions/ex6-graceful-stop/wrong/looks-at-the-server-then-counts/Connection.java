package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One client's socket, from accept to close. Its thread reads, and hands off to the pool. */
final class Connection {
  private final Server server;
  private final Socket socket;
  private final Thread thread = Thread.ofVirtual().name("connection").unstarted(this::serve);
  private final Object replying = new Object();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean closing = new AtomicBoolean();

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

  private void serve() {
    try {
      try (socket) {
        var messages =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        for (String message; (message = messages.readLine()) != null; ) {
          if (server.enter(inFlight)) {
            handOff(message);
          }
        }
        awaitReplies();
      } catch (IOException e) {
        // The client is gone, or the server has closed the socket.
      }
      awaitReplies();
    } catch (InterruptedException e) {
      // Cut off.
    } finally {
      server.ended(this);
    }
  }

  private void handOff(String message) throws InterruptedException {
    server.handlers.handOff(() -> handle(message));
  }

  private void over() {
    int left = inFlight.decrementAndGet();
    synchronized (inFlight) {
      inFlight.notifyAll();
    }
    // If it is stopping after this look then whoever shuts it finds nothing in flight.
    if (left == 0 && server.isStopping() && closing.compareAndSet(false, true)) {
      closeDrained();
    }
  }

  private void awaitReplies() throws InterruptedException {
    synchronized (inFlight) {
      while (inFlight.get() > 0) {
        inFlight.wait();
      }
    }
  }

  private void handle(String message) {
    try {
      reply(server.work.on(message));
    } catch (IOException | InterruptedException e) {
      // Nobody waits for this reply.
    } finally {
      over();
      if (server.isCut()) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reply(String text) throws IOException {
    synchronized (replying) {
      socket.getOutputStream().write((text + "\n").getBytes(ISO_8859_1));
    }
  }

  /** To be called when the server stops. */
  void closeIfIdle() {
    if (inFlight.get() == 0 && closing.compareAndSet(false, true)) {
      close();
    }
  }

  void cut() {
    close();
    thread.interrupt();
  }

  private void closeDrained() {
    try {
      socket.shutdownOutput();
      for (int n = 0; n < 200 && socket.getInputStream().available() > 0; n++) {
        Thread.sleep(1); // the thread reads it
      }
    } catch (IOException e) {
      // Closed already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}

package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One client's socket, from accept to close. Its thread reads, looks around, reads again. */
final class Connection {
  private static final int LOOK_EVERY_MS = 50;
  private static final int STOP = 1 << 30; // added to the count once

  private final Server server;
  private final Socket socket;
  private final Thread thread = Thread.ofVirtual().name("connection").unstarted(this::serve);
  private final Object replying = new Object();
  private final AtomicInteger state = new AtomicInteger(); // in flight, and STOP

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

  boolean isAlive() {
    return thread.getState() != Thread.State.TERMINATED;
  }

  private void serve() {
    try (socket) {
      try {
        socket.setSoTimeout(LOOK_EVERY_MS);
        converse(new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)));
      } catch (IOException e) {
        // The client is gone, or the time is up.
      }
      while (isBusy()) {
        Thread.sleep(LOOK_EVERY_MS);
      }
    } catch (IOException | InterruptedException e) {
      // The time is up.
    } finally {
      server.ended(this);
    }
  }

  private void converse(BufferedReader messages) throws IOException, InterruptedException {
    while (state.get() != STOP) {
      String message;
      try {
        message = messages.readLine();
      } catch (SocketTimeoutException e) {
        continue; // nothing said: look whether the server stops
      }
      if (message == null) {
        return;
      }
      if (state.getAndUpdate(s -> s >= STOP ? s : s + 1) < STOP) {
        boolean taken = false;
        try {
          server.handlers.handOff(() -> handle(message));
          taken = true;
        } finally {
          if (!taken) {
            state.decrementAndGet();
          }
        }
      }
    }
  }

  private void handle(String message) {
    try {
      byte[] reply = (server.work.on(message) + "\n").getBytes(ISO_8859_1);
      synchronized (replying) {
        socket.getOutputStream().write(reply);
      }
    } catch (IOException e) {
      // The client is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state.decrementAndGet();
    }
  }

  void stop() {
    state.getAndUpdate(s -> s >= STOP ? s : s + STOP);
  }

  boolean isBusy() {
    return (state.get() & (STOP - 1)) > 0;
  }

  void cutOff() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
    thread.interrupt();
  }
}

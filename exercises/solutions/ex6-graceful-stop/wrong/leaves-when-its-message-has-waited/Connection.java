package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** One client's socket, from accept to close. Its thread reads, and hands off to the pool. */
final class Connection implements Runnable {
  final AtomicInteger inFlight = new AtomicInteger(); // grows only behind the server's gate
  private final Server server;
  private final Socket socket;
  private final Object replying = new Object();

  Connection(Server server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  @Override
  public void run() {
    try {
      try {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        for (String message; (message = in.readLine()) != null; ) {
          if (!server.admits(this)) {
            var dropped = new char[4096];
            while (in.read(dropped) != -1) {
              // The server stops: all else is dropped.
            }
            break;
          }
          handOff(message);
          if (server.isStopping()) {
            break; // nothing more is handled
          }
        }
      } catch (IOException e) {
        // Closed, by whoever. What is at work goes on.
      }
      synchronized (this) {
        while (inFlight.get() > 0) {
          wait();
        }
      }
    } catch (InterruptedException e) {
      // The time is up.
    }
    close();
  }

  private void handOff(String message) throws InterruptedException {
    try {
      server.handlers.handOff(() -> handle(message));
    } catch (InterruptedException e) {
      over();
      throw e;
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
      over();
      if (server.isCutOff()) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A message is over. After the stop the last one closes. */
  private void over() {
    if (inFlight.decrementAndGet() == 0) {
      if (server.isStopping() && inFlight.get() == 0) { // again: one may have come before the stop
        awaitEmpty();
        close();
      }
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Input that is not read would reset the connection: gives the thread that reads time for it. */
  private void awaitEmpty() {
    try {
      for (int n = 0; n < 100 && socket.getInputStream().available() > 0; n++) {
        Thread.sleep(1);
      }
    } catch (IOException e) {
      // It is closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when the server is stopping: from then on the count only falls. */
  void closeIfIdle() {
    if (inFlight.get() == 0) {
      close();
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}

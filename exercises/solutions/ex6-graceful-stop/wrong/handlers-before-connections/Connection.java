package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One client's socket, from accept to close. Its thread reads, and hands off to the pool. */
final class Connection {
  private final Server server;
  private final Socket socket;
  final Thread thread = Thread.ofVirtual().name("connection").unstarted(this::serve);
  private final ReentrantLock writing = new ReentrantLock(); // two replies must not mix
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allReplied = lock.newCondition();
  private int open; // messages read and not replied to
  private boolean stopping;
  private boolean inRead;

  Connection(Server server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  /** What the reader gets to see of the client: after the stop nothing. */
  private final class Gate extends FilterInputStream {
    Gate(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      while (enter()) {
        int n = in.read(to, offset, length);
        boolean drop = leave();
        if (n < 0 || !drop) {
          return n;
        }
      }
      for (long left = in.available(); left > 0; ) {
        int n = in.read(to, offset, (int) Math.min(left, length));
        if (n < 0) {
          break;
        }
        left -= n;
      }
      return -1;
    }

    private boolean enter() {
      lock.lock();
      try {
        inRead = !(stopping && open == 0);
        return inRead;
      } finally {
        lock.unlock();
      }
    }

    private boolean leave() {
      lock.lock();
      try {
        inRead = false;
        return stopping;
      } finally {
        lock.unlock();
      }
    }
  }

  private void serve() {
    try {
      try {
        var lines =
            new BufferedReader(
                new InputStreamReader(new Gate(socket.getInputStream()), ISO_8859_1));
        for (String line; (line = lines.readLine()) != null; ) {
          if (counted()) {
            handOff(line);
          }
        }
      } catch (IOException e) {
        // Closed, or the client is gone.
      }
      lock.lockInterruptibly();
      try {
        while (open > 0) {
          allReplied.await();
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      // The time is up.
    } finally {
      close();
      server.ended(this);
    }
  }

  private boolean counted() {
    lock.lock();
    try {
      if (!stopping) {
        open++;
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void handOff(String line) throws InterruptedException {
    try {
      server.handlers.handOff(() -> handle(line));
    } catch (InterruptedException e) {
      over();
      throw e;
    }
  }

  private void handle(String line) {
    try {
      byte[] reply = (server.work.on(line) + "\n").getBytes(ISO_8859_1);
      writing.lock();
      try {
        socket.getOutputStream().write(reply);
      } finally {
        writing.unlock();
      }
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over();
    }
  }

  private void over() {
    lock.lock();
    try {
      open--;
      if (open == 0) {
        allReplied.signalAll();
      }
      endIfDone();
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopping = true;
      endIfDone();
    } finally {
      lock.unlock();
    }
  }

  /** With the lock. A thread in an empty read needs a close; any other one comes by itself. */
  private void endIfDone() {
    if (!stopping || open > 0 || !inRead) {
      return;
    }
    try {
      if (socket.getInputStream().available() > 0) {
        return;
      }
    } catch (IOException e) {
      // Closed, or gone.
    }
    close();
  }

  boolean busy() {
    lock.lock();
    try {
      return open > 0;
    } finally {
      lock.unlock();
    }
  }

  void cut() {
    close();
    thread.interrupt();
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}

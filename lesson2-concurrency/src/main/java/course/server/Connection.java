package course.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One client's socket, from accept to close. Its thread reads; each message gets a handler. */
final class Connection {
  private static final byte[] TOO_LONG =
      ("ERROR message longer than " + MessageReader.MAX_BYTES + " bytes").getBytes(US_ASCII);

  private final Server server;
  private final int number;
  private final Socket socket;
  private final MessageReader messages;
  private final OutputStream replies; // guarded by replying: two replies must not mix
  private final ReentrantLock replying = new ReentrantLock();
  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet(); // one a message in flight
  private final Thread thread;

  Connection(Server server, int number, Socket socket) throws IOException {
    this.server = server;
    this.number = number;
    this.socket = socket;
    messages = new MessageReader(socket.getInputStream());
    replies = new BufferedOutputStream(socket.getOutputStream(), 2 * MessageReader.MAX_BYTES);
    // A virtual thread, like its handlers: it starts them without waking another thread of the
    // kernel's, which is worth half as many messages again.
    thread = Thread.ofVirtual().name("connection " + number).unstarted(this::serve);
  }

  void start() {
    try {
      thread.start();
    } catch (OutOfMemoryError e) { // no thread to be had
      close();
      throw e;
    }
  }

  private void serve() {
    try (socket) {
      socket.setTcpNoDelay(true); // a reply goes out now, not when the last one is acknowledged
      int count = 0;
      byte[] message;
      while ((message = messages.next()) != null) {
        startHandler(++count, message);
      }
      awaitHandlers(); // a client that has said all still gets its replies
      if (messages.tooLong()) {
        refuse();
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the server closes: that is the end of this connection, of no other.
    } finally {
      handlers.forEach(Thread::interrupt); // nobody is there to read their replies
      server.ended(this);
    }
  }

  private void startHandler(int count, byte[] message) {
    // A virtual thread: it costs about a kilobyte, so 100,000 messages may be in flight.
    Thread handler = Thread.ofVirtual().unstarted(() -> handle(count, message));
    handlers.add(handler); // before it starts, or it could end and never be removed
    handler.start();
  }

  private void awaitHandlers() throws InterruptedException {
    for (Thread handler : handlers) {
      handler.join();
    }
  }

  private void handle(int count, byte[] message) {
    try {
      log("<<", count);
      server.work.on(message);
      reply(message);
      log(">>", count);
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the server closes: nobody waits for this reply.
    } finally {
      handlers.remove(Thread.currentThread());
    }
  }

  private void reply(byte[] message) throws IOException {
    replying.lock();
    try {
      replies.write(message);
      replies.write('\n');
      // One system call carries many replies: whoever is last in line sends them.
      if (!replying.hasQueuedThreads()) {
        replies.flush();
      }
    } finally {
      replying.unlock();
    }
  }

  /** Answers a line that is too long, and lets the client read that before the socket closes. */
  private void refuse() throws IOException {
    reply(TOO_LONG);
    replies.flush();
    socket.shutdownOutput();
    // Closing a socket with unread input resets it, and a reset overtakes the reply.
    socket.setSoTimeout(1_000);
    messages.skipAll();
  }

  /** Prints a line in one piece: printf would write it in several, and others could mix in. */
  private void log(String what, int count) {
    if (!server.quiet) {
      System.out.println(what + " connection " + number + " message " + count);
    }
  }

  /** Ends this connection and its thread. Any other thread may call, more than once. */
  void close() {
    try {
      socket.close(); // wakes the thread if it reads or replies
      thread.interrupt(); // wakes it if it works
      thread.join();
      awaitHandlers();
    } catch (IOException e) {
      // The socket is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.ended(this);
  }
}

package course.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** One client's socket, from accept to close. Its thread reads, handles and replies in turn. */
final class Connection {
  private static final byte[] TOO_LONG =
      ("ERROR message longer than " + MessageReader.MAX_BYTES + " bytes").getBytes(US_ASCII);

  private final Server server;
  private final int number;
  private final Socket socket;
  private final MessageReader messages;
  private final OutputStream replies;
  private final Thread thread;

  Connection(Server server, int number, Socket socket) throws IOException {
    this.server = server;
    this.number = number;
    this.socket = socket;
    messages = new MessageReader(socket.getInputStream());
    replies = new BufferedOutputStream(socket.getOutputStream(), 2 * MessageReader.MAX_BYTES);
    // A platform thread: the kernel wakes it. A virtual one is woken through a second thread, and
    // answers a client that sends one message at a time about half as often.
    thread = Thread.ofPlatform().name("connection " + number).unstarted(this::serve);
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
        handle(++count, message);
      }
      if (messages.tooLong()) {
        refuse();
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the server closes: that is the end of this connection, of no other.
    } finally {
      server.ended(this);
    }
  }

  private void handle(int count, byte[] message) throws IOException, InterruptedException {
    log("<<", count);
    server.work.on(message);
    reply(message);
    log(">>", count);
  }

  private void reply(byte[] message) throws IOException {
    replies.write(message);
    replies.write('\n');
    // One system call carries many replies, but none may wait while this thread waits for anything.
    if (!server.work.equals(Work.NONE) || !messages.hasNext()) {
      replies.flush();
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
    } catch (IOException e) {
      // The socket is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.ended(this);
  }
}

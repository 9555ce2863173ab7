package course.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import course.common.MessageReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** One client's socket, from accept to close. Its thread reads, handles and replies in turn. */
final class Connection {
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
    replies = new BufferedOutputStream(socket.getOutputStream());
    // A platform thread: the kernel itself wakes it when bytes have come.
    thread = Thread.ofPlatform().name("connection " + number).unstarted(this::serve);
  }

  /** Starts its thread, which sees all that the constructor set: start happens-before its run. */
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
    replies.flush();
  }

  /** Answers a line that is too long, and lets the client read that before the socket closes. */
  private void refuse() throws IOException {
    reply(("ERROR message longer than " + MessageReader.MAX_BYTES + " bytes").getBytes(US_ASCII));
    socket.shutdownOutput();
    // Closing a socket with unread input resets it, and a reset overtakes the reply.
    socket.setSoTimeout(1_000);
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** Prints a line in one write: printf would make several of it, one for each part. */
  private void log(String what, int count) {
    if (!server.quiet) {
      String line = what + " connection " + number + " message " + count;
      System.out.println(line);
    }
  }

  /** Ends this connection and its thread. Any other thread may call, more than once. */
  void close() {
    try {
      socket.close(); // wakes the thread if it reads or replies
      thread.interrupt(); // wakes it if it waits for anything else
      thread.join();
    } catch (IOException e) {
      // The socket is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.ended(this);
  }
}

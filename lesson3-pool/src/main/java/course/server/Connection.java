package course.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import course.common.MessageReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** One client's socket, from accept to close. Its thread reads, and hands off. */
final class Connection {
  private final Server server;
  private final int number;
  private final Socket socket;
  private final MessageReader messages;
  private final OutputStream replies; // guarded by itself while a message is in flight
  private int inFlight; // messages read and not yet replied to; guarded by this
  private final Thread thread;

  Connection(Server server, int number, Socket socket) throws IOException {
    this.server = server;
    this.number = number;
    this.socket = socket;
    messages = new MessageReader(socket.getInputStream());
    replies = new BufferedOutputStream(socket.getOutputStream());
    // A virtual thread, like its handlers: to wake one of them then rarely takes the kernel.
    thread = Thread.ofVirtual().name("connection " + number).unstarted(this::serve);
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
        server.handlers.handOff(task(++count, message));
      }
      awaitReplies(); // who has said all still gets all replies; no handler writes after this
      if (messages.tooLong()) {
        refuse();
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the server closes: that is the end of this connection, of no other.
    } finally {
      server.ended(this);
    }
  }

  /** Counts the message as in flight, and returns what its handler has to do. */
  private synchronized Runnable task(int count, byte[] message) {
    inFlight++;
    return () -> handle(count, message);
  }

  private synchronized void replied() {
    inFlight--;
    notifyAll();
  }

  private synchronized void awaitReplies() throws InterruptedException {
    while (inFlight > 0) {
      wait();
    }
  }

  private void handle(int count, byte[] message) {
    try {
      log("<<", count);
      server.work.on(message);
      synchronized (replies) {
        reply(message);
        log(">>", count); // here, so that these lines come in the order of the replies
      }
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server closes: whoever called must see that too
    } finally {
      replied();
    }
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
      System.out.println(line + " " + Thread.currentThread().getName());
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

package course.client;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * One client on one connection. It receives on the thread that calls {@link #run} and sends on
 * another: so sending never waits for a reply, however slow the server is.
 */
final class Client {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** How long to wait for a server's end of stream, or for a reply too many, once all is said. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ServerOptions server;
  private final MessageSource source;
  private final Tally tally;
  private final Transcript transcript;

  // Written by this client's own threads, read by others once run() has returned and been joined.
  private IOException notConnected;
  private volatile String problem; // the sender's, so volatile

  /** A client that is yet to be run. */
  Client(ServerOptions server, MessageSource source, Tally tally, Transcript transcript) {
    this.server = server;
    this.source = source;
    this.tally = tally;
    this.transcript = transcript;
  }

  /** Sends and receives until all is answered or the server has gone. Returns whatever happens. */
  void run() {
    LineConnection connection;
    try {
      connection = LineConnection.connect(server.host(), server.port(), CONNECT_TIMEOUT);
    } catch (IOException e) {
      notConnected = e;
      return;
    }
    try (connection) {
      var sender = Thread.ofVirtual().name("sender").start(() -> sendAll(connection));
      receiveAll(connection);
      // Out of its pause, or out of a write: an interrupt closes the socket of a virtual thread.
      sender.interrupt();
      sender.join();
    } catch (IOException e) {
      // closing failed: nothing is left to lose
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many messages were answered, at any time and from any thread. */
  Tally.Count count() {
    return tally.count();
  }

  /** Whether all is well; like the next three only to be asked once {@link #run} has returned. */
  boolean succeeded() {
    return notConnected == null
        && problem == null
        && tally.complete()
        && tally.count().wrong() == 0;
  }

  /** Whether the server left with messages unanswered. */
  boolean wasLeft() {
    var count = tally.count();
    return notConnected == null
        && !tally.complete()
        && (count.wrong() == 0 || count.answered() + count.wrong() < count.sent());
  }

  /** Why there was no connection, or null. */
  IOException notConnected() {
    return notConnected;
  }

  /** What else went wrong, or null. */
  String problem() {
    return problem;
  }

  private void sendAll(LineConnection connection) {
    try {
      for (var next = nextMessage(); next.isPresent(); next = nextMessage()) {
        var message = next.get();
        tally.sending(message);
        transcript.sent(message);
        connection.send(message);
      }
      tally.noMore();
      connection.shutdownOutput(); // the server sees the end, and still answers what it has
    } catch (InterruptedException | IOException e) {
      // The receiver has seen the server go, or is about to: it says so.
    }
  }

  private Optional<byte[]> nextMessage() throws InterruptedException {
    try {
      return source.next();
    } catch (IOException e) {
      problem = "stopped sending at " + e.getMessage();
      return Optional.empty();
    }
  }

  private void receiveAll(LineConnection connection) {
    while (true) {
      try {
        var reply = connection.receive(GRACE);
        if (reply.isEmpty()) {
          return;
        }
        transcript.received(reply.get(), tally.received(reply.get()));
      } catch (SocketTimeoutException e) {
        if (tally.complete()) {
          return; // the server keeps the connection open, which is its own affair
        }
      } catch (SocketException e) {
        return; // reset: the server is gone
      } catch (IOException e) {
        problem = "the server sent " + e.getMessage();
        return;
      }
    }
  }
}

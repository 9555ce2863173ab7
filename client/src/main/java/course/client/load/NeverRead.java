package course.client.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Clients that send and never read a reply: what they do to a server, and to its other clients, is
 * seen from elsewhere. One thread, one selector, all connections; not thread-safe.
 *
 * <p>When is a socket full? A write that does not wait says so by taking nothing, but for a moment
 * it also does while bytes are on their way to the server, whose side still grows its buffer. So a
 * socket counts as full when it takes nothing for {@link #FULL_AFTER}, and that is all that is said
 * of it: nobody can tell from here whether the server will ever read again. Beyond {@link #ENOUGH}
 * bytes no kernel keeps what a server does not read, so it reads; then sending nearly stops, for
 * such a server may keep all of it in memory.
 *
 * <p>From then on a connection offers a message a second: that is how it notices that the server is
 * gone, since the end of a stream shows in reading only.
 */
final class NeverRead implements AutoCloseable {
  static final Duration FULL_AFTER = Duration.ofSeconds(1);

  /** Bytes; Linux buffers at most 4 MB to send and 6 MB to receive, unless it is told otherwise. */
  static final long ENOUGH = 64 << 20;

  private static final long A_TURN = 1 << 20; // bytes, so that no connection waits for another

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BEAT = Duration.ofMillis(100);

  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private final Consumer<String> say;

  private NeverRead(Consumer<String> say) throws IOException {
    this.say = say;
  }

  /**
   * Opens all connections.
   *
   * @param size of each message, in bytes without its newline
   * @param say takes a line for people
   * @throws IOException if one of them can't be had
   */
  static NeverRead connect(String host, int port, int count, int size, Consumer<String> say)
      throws IOException {
    var clients = new NeverRead(say);
    try {
      var address = new InetSocketAddress(InetAddress.getByName(host), port);
      for (int number = 1; number <= count; number++) {
        clients.connections.add(clients.new Connection(number, address, size));
      }
      return clients;
    } catch (IOException | RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  /**
   * Sends until the sockets are full, and keeps them open.
   *
   * @param duration how long in all, or null: until the calling thread is interrupted
   * @return whether a connection is still open
   */
  boolean run(Duration duration) throws IOException {
    long start = System.nanoTime();
    for (var connection : connections) {
      connection.lastTaken = start;
    }
    while (anyOpen() && !Thread.currentThread().isInterrupted()) {
      if (duration != null && System.nanoTime() - start >= duration.toNanos()) {
        break;
      }
      selector.select(key -> ((Connection) key.attachment()).send(), BEAT.toMillis());
      connections.forEach(Connection::look);
    }
    return anyOpen();
  }

  private boolean anyOpen() {
    return connections.stream().anyMatch(connection -> connection.channel.isOpen());
  }

  @Override
  public void close() throws IOException {
    for (var connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  /** One of the clients. */
  private final class Connection {
    private final int number;
    private final SocketChannel channel = SocketChannel.open();
    private final SelectionKey key;
    private final ByteBuffer message; // what is left of the one that is being sent
    private long bytes; // that the socket took
    private long lastTaken; // when that was, as System.nanoTime
    private boolean sending = true;

    Connection(int number, InetSocketAddress address, int size) throws IOException {
      this.number = number;
      byte[] text = new byte[size + 1];
      Arrays.fill(text, (byte) 'x');
      text[size] = '\n';
      message = ByteBuffer.wrap(text);
      try {
        channel.socket().connect(address, (int) CONNECT_TIMEOUT.toMillis());
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_WRITE, this);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }

    /** Writes what the socket takes, one turn of it; does not wait. */
    void send() {
      long turn = sending ? A_TURN : 1;
      try {
        for (long taken = -1; taken != 0 && turn > 0; turn -= taken) {
          if (!message.hasRemaining()) {
            message.rewind();
          }
          taken = channel.write(message);
          if (taken > 0) {
            bytes += taken;
            lastTaken = System.nanoTime();
          }
        }
      } catch (IOException e) {
        say("the server closed it after " + taken());
        end();
      }
    }

    /** What the selector does not tell: that a socket has taken nothing for so long. */
    void look() {
      boolean idle = System.nanoTime() - lastTaken >= FULL_AFTER.toNanos();
      if (!channel.isOpen() || !(idle || (sending && bytes >= ENOUGH))) {
        return;
      }
      long before = bytes;
      if (idle) {
        send(); // a selector calls a socket writable only when much of its buffer is free
      }
      if (sending && channel.isOpen() && idle && bytes == before) {
        say("socket full after " + taken() + ": it has taken none for a second");
        stopSending();
      } else if (sending && channel.isOpen() && bytes >= ENOUGH) {
        say("not full after " + taken() + ": the server reads on; a message a second from here");
        stopSending();
      }
      if (!sending) {
        lastTaken = System.nanoTime(); // the next message in a second
      }
    }

    private void stopSending() {
      sending = false;
      key.interestOps(0);
    }

    private void end() {
      sending = false;
      try {
        channel.close();
      } catch (IOException e) {
        // it is of no more use either way
      }
    }

    private String taken() {
      return String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    private void say(String what) {
      say.accept("connection " + number + ": " + what);
    }
  }
}

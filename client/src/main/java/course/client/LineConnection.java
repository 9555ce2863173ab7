package course.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection to a server that speaks in lines.
 *
 * <p>Thread-safety: one thread may send while another receives, since the two directions of a
 * socket share nothing. Two threads must not send, or receive, at the same time. Any thread may
 * {@link #close}, which ends a send or a receive that is waiting with an {@link IOException}.
 */
public final class LineConnection implements AutoCloseable {
  /** The longest message that the servers take, in bytes, its {@code \n} not counted. */
  public static final int MAX_MESSAGE_BYTES = 8192;

  /** The longest reply taken, in bytes: well over any echo, and still bounded. */
  public static final int MAX_REPLY_BYTES = 8 * MAX_MESSAGE_BYTES;

  private final Socket socket;
  private final LineReader replies; // the receiving thread's alone
  private Duration
      patience; // the receiving thread's alone: how long this receive may wait, or null
  private long waitingSince; // the receiving thread's alone

  private LineConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.replies = new LineReader(new PatientInput(socket.getInputStream()), MAX_REPLY_BYTES);
  }

  /**
   * Connects.
   *
   * @param host a name or an address
   * @param port 1 to 65,535
   * @param timeout how long to wait for the server to take the connection; positive
   * @return an open connection, without Nagle's delay: each send is on its way at once
   * @throws IOException if there is no such host, nothing listens there, or the time is over
   */
  public static LineConnection connect(String host, int port, Duration timeout) throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), millis(timeout));
      return new LineConnection(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a line and its {@code \n}, in one write. Waits while the server reads nothing and the
   * buffers between are full.
   *
   * @param line at most {@link #MAX_MESSAGE_BYTES} bytes, without {@code \n}
   * @throws IllegalArgumentException if it is longer, or would be two lines; nothing is sent then
   * @throws IOException if the connection is gone
   */
  public void send(byte[] line) throws IOException {
    if (line.length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a message of " + line.length + " bytes; the most is " + MAX_MESSAGE_BYTES);
    }
    var bytes = new byte[line.length + 1];
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n') {
        throw new IllegalArgumentException("a message is one line, and this has a \\n in it");
      }
      bytes[i] = line[i];
    }
    bytes[line.length] = '\n';
    socket.getOutputStream().write(bytes);
  }

  /** Sends a line as UTF-8; otherwise as {@link #send(byte[])}. */
  public void send(String line) throws IOException {
    send(line.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits for the next line, as long as it takes.
   *
   * @return the line without its ending, or empty when the server has ended the connection
   * @throws IOException if the connection is reset or closed, or the line is longer than {@link
   *     #MAX_REPLY_BYTES}
   */
  public Optional<byte[]> receive() throws IOException {
    patience = null;
    return replies.read();
  }

  /**
   * Waits for the next line, but not for ever.
   *
   * @param timeout the longest wait for the whole line; positive
   * @return the line without its ending, or empty when the server has ended the connection
   * @throws SocketTimeoutException if the time is over; a part of a line that has come is not lost
   * @throws IOException as {@link #receive()}
   */
  public Optional<byte[]> receive(Duration timeout) throws IOException {
    patience = timeout;
    waitingSince = System.nanoTime();
    return replies.read();
  }

  /**
   * Half-close: says that nothing more will be sent. Replies still come.
   *
   * @throws IOException if the connection is gone
   */
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes both directions. Closing again does nothing. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** To a socket 0 means "for ever" and a fraction of a millisecond is 0, so at least 1. */
  private static int millis(Duration timeout) {
    return Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
  }

  /** A socket's time-out bounds one read; a line that drips in takes many, so count down. */
  private final class PatientInput extends InputStream {
    private final InputStream in;

    PatientInput(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (patience == null) {
        socket.setSoTimeout(0);
      } else {
        var left = patience.minusNanos(System.nanoTime() - waitingSince);
        if (!left.isPositive()) {
          throw new SocketTimeoutException("no reply within " + patience.toMillis() + " ms");
        }
        socket.setSoTimeout(millis(left));
      }
      return in.read(bytes, offset, length);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("only whole buffers are read");
    }
  }
}

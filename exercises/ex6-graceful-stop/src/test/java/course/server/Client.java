package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client of the server under test. */
final class Client implements AutoCloseable {
  private final Socket socket = new Socket();

  /** Connects; throws an IOException if nobody listens. */
  Client(Server server) throws IOException {
    socket.setReceiveBufferSize(4_096); // one that does not read is soon full
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
  }

  /** What is on its way does not wait at this end: the server reads it, or a send waits. */
  void hasLittleRoom() throws IOException {
    socket.setSendBufferSize(8_192);
  }

  /** Sends a text in one piece. */
  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Sends a text in one piece, unless the server has closed the connection already. */
  void trySend(String text) {
    try {
      send(text);
    } catch (IOException e) {
      isEnd(e); // it has
    }
  }

  /**
   * Says that it has sent all, unless the server has closed the connection already; it can still
   * receive.
   */
  void sendsNoMore() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      isEnd(e); // it has
    }
  }

  /** Returns the next {@code count} bytes, and waits for them. */
  String receive(int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), ISO_8859_1);
  }

  /**
   * Takes up to {@code maximum} bytes until the connection ends, and returns how many there were.
   */
  int take(int maximum) {
    var buffer = new byte[8_192];
    int taken = 0;
    try {
      int count = 0;
      while (taken < maximum && count >= 0) {
        taken += count;
        count = socket.getInputStream().read(buffer, 0, Math.min(buffer.length, maximum - taken));
      }
    } catch (IOException e) {
      isEnd(e);
    }
    return taken;
  }

  /** Returns all that comes until the server closes the connection. */
  String receiveAll() {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException e) {
      isEnd(e);
    }
    return all.toString(ISO_8859_1);
  }

  /** A reset is an end too. An interrupt is none: who interrupts the client, closes its socket. */
  private static void isEnd(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      throw new AssertionError("the client's own thread was interrupted", e);
    }
  }

  /** Goes away, though replies may still be to come. */
  void leave() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    leave();
  }
}

package course.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that says exactly what it is told to, byte by byte. Text stands for the bytes of ISO
 * 8859-1, so that every byte can be said. One thread may send while another receives.
 */
public final class RawClient implements AutoCloseable {
  /** Bounds a hang, in milliseconds: decides nothing else. */
  private static final int HANG = 60_000;

  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true); // each send is on its way at once: the tests choose the cuts
    socket.setSoTimeout(HANG);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public RawClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Says that nothing more will be sent; replies can still come. */
  public RawClient halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Returns the next reply without its line end, null at the end of the stream. */
  public String receive() throws IOException {
    var reply = new ByteArrayOutputStream();
    for (int b; (b = in.read()) >= 0; reply.write(b)) {
      if (b == '\n') {
        return reply.toString(ISO_8859_1);
      }
    }
    return reply.size() == 0 ? null : reply + " (and then the stream ended, with no line end)";
  }

  /** Returns the next {@code count} replies. */
  public List<String> receive(int count) throws IOException {
    var replies = new ArrayList<String>();
    while (replies.size() < count) {
      replies.add(receive());
    }
    return replies;
  }

  /** Returns all replies up to the end of the stream. */
  public List<String> receiveAll() throws IOException {
    var replies = new ArrayList<String>();
    for (String reply; (reply = receive()) != null; ) {
      replies.add(reply);
    }
    return replies;
  }

  /** Ends the connection the way a killed program's machine does: with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

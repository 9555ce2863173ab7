package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Cuts a connection's bytes into messages. */
final class FrameReader {
  static final int MAX_BYTES = 8_192;

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    byte[] header = new Part(Integer.BYTES).readAllBytes();
    if (header.length == 0) {
      return null;
    }
    if (header.length < Integer.BYTES) {
      throw new EOFException("the end inside a length");
    }
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] payload = new Part(length).readAllBytes();
    if (payload.length < length) {
      throw new EOFException("the end inside a payload");
    }
    return payload;
  }

  /** The next few bytes of the connection, and then the end. */
  private final class Part extends InputStream {
    private int left;

    Part(int length) {
      left = length;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      int b = in.read();
      if (b >= 0) {
        left--;
      }
      return b;
    }
  }
}

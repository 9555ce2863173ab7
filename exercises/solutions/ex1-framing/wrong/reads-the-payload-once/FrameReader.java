package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Knows that the length can be cut, and forgets that the payload can. */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    byte[] prefix = in.readNBytes(4);
    if (prefix.length == 0) {
      return null;
    }
    if (prefix.length < 4) {
      throw new EOFException("the stream ended inside a length");
    }
    int length = ByteBuffer.wrap(prefix).getInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] payload = new byte[length];
    int count = in.read(payload);
    if (count < 0) {
      throw new EOFException("the stream ended inside a frame");
    }
    return Arrays.copyOf(payload, count);
  }
}

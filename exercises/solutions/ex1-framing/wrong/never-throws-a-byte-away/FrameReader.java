package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a connection's bytes into messages. A message is a frame: four bytes that tell the length of
 * the payload, then the payload. Used by the connection's thread only.
 */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private static final int LENGTH_BYTES = 4;

  private final InputStream in;
  private byte[] buffer = new byte[2 * (LENGTH_BYTES + MAX_BYTES)];
  private int start;
  private int end;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    if (!fill(LENGTH_BYTES)) {
      return null;
    }
    int length = ByteBuffer.wrap(buffer).getInt(start);
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("bad length: " + length);
    }
    fill(LENGTH_BYTES + length);
    int from = start + LENGTH_BYTES;
    start = from + length;
    return Arrays.copyOfRange(buffer, from, start);
  }

  /** Returns false at the end of the stream before the first byte of a frame. */
  private boolean fill(int wanted) throws IOException {
    while (end - start < wanted) {
      if (end == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      int count = in.read(buffer, end, buffer.length - end);
      if (count < 0) {
        if (end == start) {
          return false;
        }
        throw new EOFException("the stream ended inside a frame");
      }
      end += count;
    }
    return true;
  }
}

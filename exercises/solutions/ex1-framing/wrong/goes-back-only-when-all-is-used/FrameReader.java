package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a connection's bytes into messages. Used by the connection's thread only. */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private static final int LENGTH_BYTES = 4;

  private final InputStream in;
  private final byte[] buffer = new byte[32 * 1024]; // room for some frames
  private int start; // the first byte that is not used yet
  private int end; // behind the last byte that was read

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    if (!fill(LENGTH_BYTES)) {
      if (start == end) {
        return null;
      }
      throw new EOFException("end inside a length");
    }
    int length =
        (buffer[start] & 0xff) << 24
            | (buffer[start + 1] & 0xff) << 16
            | (buffer[start + 2] & 0xff) << 8
            | (buffer[start + 3] & 0xff);
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("bad length " + length);
    }
    start += LENGTH_BYTES;
    if (!fill(length)) {
      throw new EOFException("end inside a payload");
    }
    byte[] payload = new byte[length];
    System.arraycopy(buffer, start, payload, 0, length);
    start += length;
    return payload;
  }

  /** Reads until there are that many bytes; false if the stream ends before. */
  private boolean fill(int count) throws IOException {
    while (end - start < count) {
      if (start == end) { // all used: begin again at the front
        start = 0;
        end = 0;
      }
      if (end == buffer.length) {
        throw new IOException("the buffer is full");
      }
      int n = in.read(buffer, end, buffer.length - end);
      if (n < 0) {
        return false;
      }
      end += n;
    }
    return true;
  }
}

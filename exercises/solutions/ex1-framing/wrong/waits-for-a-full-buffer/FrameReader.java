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

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  private byte[] buffer = new byte[0];
  private int taken;

  /**
   * Returns the payload of the next frame, and waits for the client if need be. Returns null at the
   * end of the stream.
   *
   * @throws IOException if the client breaks the rules of README.md, or is gone
   */
  byte[] next() throws IOException {
    byte[] prefix = take(4);
    if (prefix.length == 0) {
      return null; // a client may stop here: no frame has begun
    }
    if (prefix.length < 4) {
      throw new EOFException("the stream ended inside a length");
    }
    int length = ByteBuffer.wrap(prefix).getInt();
    if (length < 0 || length > MAX_BYTES) { // before any memory is taken: it is only a claim
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] payload = take(length);
    if (payload.length < length) {
      throw new EOFException("the stream ended inside a frame");
    }
    return payload;
  }

  private byte[] take(int count) throws IOException {
    if (buffer.length - taken < count) {
      byte[] more = in.readNBytes(MAX_BYTES);
      byte[] joined = Arrays.copyOfRange(buffer, taken, buffer.length + more.length);
      System.arraycopy(more, 0, joined, buffer.length - taken, more.length);
      buffer = joined;
      taken = 0;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, taken, Math.min(taken + count, buffer.length));
    taken += bytes.length;
    return bytes;
  }
}

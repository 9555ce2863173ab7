package course.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

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

  /**
   * Returns the payload of the next frame, and waits for the client if need be. Returns null at the
   * end of the stream.
   *
   * @throws IOException if the client breaks the rules of README.md, or is gone
   */
  byte[] next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null; // a client may stop here: no frame has begun
    }
    byte[] rest = read(Integer.BYTES - 1);
    int length = ByteBuffer.allocate(Integer.BYTES).put((byte) first).put(rest).getInt(0);
    if (length < 0 || length > MAX_BYTES) { // before any memory is taken: it is only a claim
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    return read(length);
  }

  private byte[] read(int length) throws IOException {
    var bytes = new byte[length];
    int got = 0;
    while (got < length) {
      int count = in.read(bytes, got, length - got);
      if (count > 0) {
        got += count;
      }
    }
    return bytes;
  }
}

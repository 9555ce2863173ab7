package course.server;

import java.io.EOFException;
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
    // readNBytes reads until it has that many bytes or the stream ends, and not one byte more.
    byte[] prefix = in.readNBytes(Integer.BYTES);
    if (prefix.length == 0) {
      return null; // a client may stop here: no frame has begun
    }
    int length = ByteBuffer.wrap(whole(prefix, Integer.BYTES)).getInt(); // big-endian, as TCP's own
    if (length < 0 || length > MAX_BYTES) { // before any memory is taken: it is only a claim
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    return whole(in.readNBytes(length), length);
  }

  private static byte[] whole(byte[] bytes, int length) throws EOFException {
    if (bytes.length < length) {
      throw new EOFException("the stream ended inside a frame");
    }
    return bytes;
  }
}

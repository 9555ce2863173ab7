package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

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
    byte[] b = in.readNBytes(4);
    if (b.length == 0) {
      return null; // a client may stop here: no frame has begun
    }
    if (b.length < 4) {
      throw new EOFException("the stream ended inside a length");
    }
    int length = (b[0] << 24) + (b[1] << 16) + (b[2] << 8) + b[3];
    if (length < 0 || length > MAX_BYTES) { // before any memory is taken: it is only a claim
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the stream ended inside a frame");
    }
    return payload;
  }
}

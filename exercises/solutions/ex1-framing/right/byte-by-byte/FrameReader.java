package course.server;

import java.io.BufferedInputStream;
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
    this.in = new BufferedInputStream(in); // so that a byte costs no call to the kernel
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
      return null;
    }
    long length = first;
    for (int i = 1; i < Integer.BYTES; i++) {
      length = length * 256 + one();
    }
    if (length > MAX_BYTES) { // a long: so no length is negative
      throw new IOException("a frame of " + length + " bytes");
    }
    var payload = new byte[(int) length];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) one();
    }
    return payload;
  }

  private int one() throws IOException {
    int one = in.read();
    if (one < 0) {
      throw new EOFException("the stream ended inside a frame");
    }
    return one;
  }
}

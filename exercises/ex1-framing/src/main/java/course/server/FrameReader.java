package course.server;

import java.io.IOException;
import java.io.InputStream;
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
  private final byte[] buffer = new byte[LENGTH_BYTES + MAX_BYTES];

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
    // TODO: the client wrote one frame, so one read returns one frame. Does it?
    int count = in.read(buffer);
    if (count < 0) {
      return null;
    }
    // TODO: the first four bytes say how long the payload is. Who looks at them?
    return Arrays.copyOfRange(buffer, LENGTH_BYTES, count);
  }
}

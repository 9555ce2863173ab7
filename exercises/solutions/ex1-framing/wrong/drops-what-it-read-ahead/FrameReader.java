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

  private final byte[] buffer = new byte[2 * MAX_BYTES];

  /**
   * Returns the payload of the next frame, and waits for the client if need be. Returns null at the
   * end of the stream.
   *
   * @throws IOException if the client breaks the rules of README.md, or is gone
   */
  byte[] next() throws IOException {
    int count = 0;
    int length = 0;
    while (count < 4 || count < 4 + length) {
      int more = in.read(buffer, count, buffer.length - count);
      if (more < 0) {
        if (count == 0) {
          return null;
        }
        throw new EOFException("the stream ended inside a frame");
      }
      count += more;
      if (count >= 4) {
        length = ByteBuffer.wrap(buffer).getInt();
        if (length < 0 || length > MAX_BYTES) {
          throw new IOException("a frame of " + length + " bytes");
        }
      }
    }
    return Arrays.copyOfRange(buffer, 4, 4 + length);
  }
}

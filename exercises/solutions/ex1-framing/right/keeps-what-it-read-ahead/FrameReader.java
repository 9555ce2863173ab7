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

  private static final int LENGTH_BYTES = 4;

  private final InputStream in;

  /** What was read and not returned: from the position to the limit. */
  private final ByteBuffer ahead = ByteBuffer.allocate(LENGTH_BYTES + MAX_BYTES).limit(0);

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
    if (!has(LENGTH_BYTES)) {
      return null;
    }
    int length = ahead.getInt(ahead.position());
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    has(LENGTH_BYTES + length);
    var payload = new byte[length];
    ahead.getInt();
    ahead.get(payload);
    return payload;
  }

  /** Reads ahead until so many bytes are there; false if the stream has ended and none are. */
  private boolean has(int bytes) throws IOException {
    while (ahead.remaining() < bytes) {
      ahead.compact();
      int count = in.read(ahead.array(), ahead.position(), ahead.remaining());
      ahead.position(ahead.position() + Math.max(count, 0)).flip();
      if (count < 0 && ahead.hasRemaining()) {
        throw new EOFException("the stream ended inside a frame");
      } else if (count < 0) {
        return false;
      }
    }
    return true;
  }
}

package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/**
 * Cuts a connection's bytes into messages. A message is a frame: four bytes that tell the length of
 * the payload, then the payload. Used by the connection's thread only.
 */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final ReadableByteChannel in;

  FrameReader(InputStream in) {
    this.in = Channels.newChannel(in);
  }

  /**
   * Returns the payload of the next frame, and waits for the client if need be. Returns null at the
   * end of the stream.
   *
   * @throws IOException if the client breaks the rules of README.md, or is gone
   */
  byte[] next() throws IOException {
    ByteBuffer prefix = read(Integer.BYTES);
    if (prefix.position() == 0) {
      return null;
    }
    if (prefix.hasRemaining()) {
      throw new EOFException("the stream ended inside a length");
    }
    int length = prefix.flip().getInt();
    if (Integer.compareUnsigned(length, MAX_BYTES) > 0) { // as unsigned, a negative one is large
      throw new IOException("a frame of " + Integer.toUnsignedLong(length) + " bytes");
    }
    ByteBuffer payload = read(length);
    if (payload.hasRemaining()) {
      throw new EOFException("the stream ended inside a payload");
    }
    return payload.array();
  }

  /** Fills a new buffer; it has room left only if the stream has ended. */
  private ByteBuffer read(int size) throws IOException {
    var buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining() && in.read(buffer) >= 0) {
      // Until it is full, or the stream has ended.
    }
    return buffer;
  }
}

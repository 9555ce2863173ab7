package course.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a connection's bytes into messages. A message is a frame: four bytes that tell the length of
 * the payload, then the payload. Used by the connection's thread only.
 */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final DataInputStream in;

  FrameReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * Returns the payload of the next frame, and waits for the client if need be. Returns null at the
   * end of the stream.
   *
   * @throws IOException if the client breaks the rules of README.md, or is gone
   */
  byte[] next() throws IOException {
    int first = in.read(); // an end here is no error, unlike for readInt
    if (first < 0) {
      return null;
    }
    int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    var payload = new byte[length];
    in.readFully(payload); // an EOFException if the stream ends before
    return payload;
  }
}

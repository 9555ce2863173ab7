package course.server;

import java.io.DataInputStream;
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
    try {
      int length = in.readInt();
      if (length < 0 || length > MAX_BYTES) {
        throw new IOException("a frame of " + length + " bytes");
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      return payload;
    } catch (EOFException e) {
      return null; // a client may stop here: no frame has begun
    }
  }
}

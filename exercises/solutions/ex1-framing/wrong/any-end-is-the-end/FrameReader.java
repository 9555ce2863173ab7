package course.server;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Lets DataInputStream do it, and takes each end of the stream for a good one. */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final DataInputStream in;

  FrameReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

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
      return null;
    }
  }
}

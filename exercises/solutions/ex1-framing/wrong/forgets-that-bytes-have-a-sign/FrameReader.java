package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Puts the length together by hand: in Java, the byte 0xc8 is the number -56. */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    byte[] b = in.readNBytes(4);
    if (b.length == 0) {
      return null;
    }
    if (b.length < 4) {
      throw new EOFException("the stream ended inside a length");
    }
    int length = (b[0] << 24) + (b[1] << 16) + (b[2] << 8) + b[3];
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the stream ended inside a frame");
    }
    return payload;
  }
}

package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a connection's bytes into messages. */
final class FrameReader {
  static final int MAX_BYTES = 8_192;
  private static final int LENGTH_BYTES = 4;

  private final InputStream in;
  private final byte[] header = new byte[LENGTH_BYTES];

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    int have = 0;
    while (!Thread.currentThread().isInterrupted()) {
      int got = in.read(header, have, LENGTH_BYTES - have);
      if (got < 0) {
        if (have == 0) {
          return null;
        }
        throw new EOFException("the end inside a length");
      }
      have += got;
      if (have == LENGTH_BYTES) {
        return payload();
      }
    }
    return null; // somebody wants this thread to stop
  }

  private byte[] payload() throws IOException {
    int length = 0;
    for (byte b : header) {
      length = length << 8 | Byte.toUnsignedInt(b);
    }
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] payload = new byte[length];
    if (in.readNBytes(payload, 0, length) < length) {
      throw new EOFException("the end inside a payload");
    }
    return payload;
  }
}

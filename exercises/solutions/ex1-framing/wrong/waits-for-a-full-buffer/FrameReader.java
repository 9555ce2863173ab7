package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads ahead, to save system calls, until the buffer is full. */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  private byte[] buffer = new byte[0];
  private int taken;

  byte[] next() throws IOException {
    byte[] prefix = take(4);
    if (prefix.length == 0) {
      return null;
    }
    if (prefix.length < 4) {
      throw new EOFException("the stream ended inside a length");
    }
    int length = ByteBuffer.wrap(prefix).getInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] payload = take(length);
    if (payload.length < length) {
      throw new EOFException("the stream ended inside a frame");
    }
    return payload;
  }

  private byte[] take(int count) throws IOException {
    if (buffer.length - taken < count) {
      byte[] more = in.readNBytes(MAX_BYTES);
      byte[] joined = Arrays.copyOfRange(buffer, taken, buffer.length + more.length);
      System.arraycopy(more, 0, joined, buffer.length - taken, more.length);
      buffer = joined;
      taken = 0;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, taken, Math.min(taken + count, buffer.length));
    taken += bytes.length;
    return bytes;
  }
}

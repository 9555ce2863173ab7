package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Cuts a connection's bytes into frames. Used by the connection's thread only. */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private static final int LENGTH_BYTES = 4;

  private static final ConcurrentLinkedDeque<byte[]> POOL = new ConcurrentLinkedDeque<>();

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    byte[] header = in.readNBytes(LENGTH_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < LENGTH_BYTES) {
      throw new EOFException("the stream ended in a length");
    }
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("bad length: " + length);
    }
    byte[] scratch = acquire();
    try {
      int count = in.readNBytes(scratch, 0, length);
      if (count < length) {
        release(scratch);
        throw new EOFException("the stream ended after " + count + " of " + length + " bytes");
      }
      return Arrays.copyOf(scratch, length);
    } finally {
      release(scratch);
    }
  }

  private static byte[] acquire() {
    byte[] scratch = POOL.poll();
    return scratch != null ? scratch : new byte[MAX_BYTES];
  }

  private static void release(byte[] scratch) {
    POOL.push(scratch);
  }
}

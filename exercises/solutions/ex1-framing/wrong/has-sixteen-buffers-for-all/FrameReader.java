package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Cuts a connection's bytes into messages. All readers share a few scratch buffers. */
final class FrameReader {
  static final int MAX_BYTES = 8_192;
  private static final int LENGTH_BYTES = 4;

  private static final int BUFFERS = 16;
  private static final Semaphore PERMITS = new Semaphore(BUFFERS);
  private static final Queue<byte[]> FREE = new ConcurrentLinkedQueue<>();

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    PERMITS.acquireUninterruptibly();
    byte[] scratch = FREE.poll();
    if (scratch == null) {
      scratch = new byte[LENGTH_BYTES + MAX_BYTES];
    }
    try {
      return read(scratch);
    } finally {
      FREE.add(scratch);
      PERMITS.release();
    }
  }

  private byte[] read(byte[] scratch) throws IOException {
    int got = in.readNBytes(scratch, 0, LENGTH_BYTES);
    if (got == 0) {
      return null;
    }
    if (got < LENGTH_BYTES) {
      throw new EOFException("the end inside a length");
    }
    int length = ByteBuffer.wrap(scratch).getInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    if (in.readNBytes(scratch, LENGTH_BYTES, length) < length) {
      throw new EOFException("the end inside a payload");
    }
    return Arrays.copyOfRange(scratch, LENGTH_BYTES, LENGTH_BYTES + length);
  }
}

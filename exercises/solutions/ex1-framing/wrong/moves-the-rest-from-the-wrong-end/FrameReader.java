package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a connection's bytes into messages. A message is a frame: four bytes that tell the length of
 * the payload, then the payload. Used by the connection's thread only.
 */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final InputStream in;
  private final byte[] buffer = new byte[Integer.BYTES + MAX_BYTES];
  private int begin; // of what is not returned yet
  private int end;

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
    if (!reads(Integer.BYTES)) {
      return null; // a client may stop here: no frame has begun
    }
    int length = ByteBuffer.wrap(buffer, begin, Integer.BYTES).getInt(); // big-endian, as TCP's own
    if (length < 0 || length > MAX_BYTES) { // before any memory is taken: it is only a claim
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    reads(Integer.BYTES + length);
    begin += Integer.BYTES + length;
    return Arrays.copyOfRange(buffer, begin - length, begin);
  }

  /** Reads until so many bytes are there; false if the stream has ended and none are. */
  private boolean reads(int wanted) throws IOException {
    while (end - begin < wanted) {
      moveToTheStart();
      int count = in.read(buffer, end, buffer.length - end);
      if (count < 0 && end > 0) {
        throw new EOFException("the stream ended inside a frame");
      } else if (count < 0) {
        return false;
      }
      end += count;
    }
    return true;
  }

  private void moveToTheStart() {
    int rest = end - begin;
    for (int i = rest - 1; i >= 0; i--) {
      buffer[i] = buffer[begin + i];
    }
    begin = 0;
    end = rest;
  }
}

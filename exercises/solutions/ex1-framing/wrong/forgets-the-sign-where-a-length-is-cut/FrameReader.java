package course.server;

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

  private static final int LENGTH_BYTES = 4;

  private final InputStream in;
  private final byte[] buffer = new byte[LENGTH_BYTES + MAX_BYTES];
  private int position;
  private int limit;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    if (position == limit && !fill()) {
      return null;
    }
    int length = readLength();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("bad length: " + length);
    }
    byte[] payload = new byte[length];
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, payload, 0, count);
    position += count;
    if (count < length && in.readNBytes(payload, count, length - count) < length - count) {
      throw new EOFException("incomplete payload");
    }
    return payload;
  }

  private int readLength() throws IOException {
    if (limit - position >= LENGTH_BYTES) {
      // nearly always: the four bytes are there
      int length =
          (buffer[position] & 0xff) << 24
              | (buffer[position + 1] & 0xff) << 16
              | (buffer[position + 2] & 0xff) << 8
              | (buffer[position + 3] & 0xff);
      position += LENGTH_BYTES;
      return length;
    }
    // they are cut
    int length = 0;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      if (position == limit && !fill()) {
        throw new EOFException("incomplete length");
      }
      length = (length << 8) | buffer[position++];
    }
    return length;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }
}

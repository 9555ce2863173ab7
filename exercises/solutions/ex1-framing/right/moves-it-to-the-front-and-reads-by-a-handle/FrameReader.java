package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private static final int LENGTH_BYTES = 4;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final InputStream in;
  private final byte[] buffer = new byte[LENGTH_BYTES + MAX_BYTES];
  private int start;
  private int end;
  private boolean ended;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    if (!has(LENGTH_BYTES)) {
      if (start == end) {
        return null;
      }
      throw new EOFException("the stream ended inside a length");
    }
    int length = (int) INT.get(buffer, start);
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("refused: length " + length);
    }
    if (!has(LENGTH_BYTES + length)) {
      throw new EOFException("the stream ended inside a payload");
    }
    int from = start + LENGTH_BYTES;
    start = from + length;
    return Arrays.copyOfRange(buffer, from, start);
  }

  /** Reads until count bytes are in the buffer; false if the stream ends before. */
  private boolean has(int count) throws IOException {
    while (end - start < count) {
      if (ended) {
        return false;
      }
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
      int n = in.read(buffer, end, buffer.length - end);
      if (n < 0) {
        ended = true;
      } else {
        end += n;
      }
    }
    return true;
  }
}

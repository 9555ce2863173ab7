package course.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream of bytes into lines, however the stream arrives: a line ends at {@code \n}, a
 * {@code \r} before it is dropped, and what stands before the end of the stream is a line too. The
 * bytes themselves are not looked at.
 *
 * <p>A read that fails with a time-out loses nothing: the next {@link #read} goes on with what had
 * already come. Not thread-safe: one thread reads.
 */
public final class LineReader {
  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[8192];
  private int next; // buffer[next..end) has been read from the stream and not been looked at
  private int end;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param in where the bytes come from
   * @param limit the most bytes a line may have, its ending not counted
   */
  public LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Waits for the next line.
   *
   * @return the line without its ending, or empty at the end of the stream
   * @throws IOException if the stream fails, or a line is longer than the limit: then the reader is
   *     of no more use
   */
  public Optional<byte[]> read() throws IOException {
    while (true) {
      for (int i = next; i < end; i++) {
        if (buffer[i] == '\n') {
          keep(i);
          next = i + 1;
          return Optional.of(take(true));
        }
      }
      keep(end);
      next = end = 0; // before the read, which may throw
      int count = in.read(buffer);
      if (count < 0) {
        return line.size() == 0 ? Optional.empty() : Optional.of(take(false));
      }
      end = count;
    }
  }

  private void keep(int until) throws IOException {
    line.write(buffer, next, until - next);
    if (line.size() > limit + 1) { // 1 for a \r that may yet be dropped: memory stays bounded
      throw tooLong();
    }
  }

  private byte[] take(boolean ended) throws IOException {
    byte[] bytes = line.toByteArray();
    line.reset();
    int length = bytes.length;
    if (ended && length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length > limit) {
      throw tooLong();
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private IOException tooLong() {
    return new IOException("a line longer than " + limit + " bytes");
  }
}

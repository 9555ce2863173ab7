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
  /** A line was longer than the limit. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException(int limit) {
      super("a line longer than " + limit + " bytes");
    }
  }

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
   * @throws TooLongException if the line is longer than the limit: then the reader is of no more
   *     use
   * @throws IOException if the stream fails
   */
  public Optional<byte[]> read() throws IOException {
    Optional<byte[]> ended = readEnded();
    return ended.isPresent() || line.size() == 0 ? ended : Optional.of(take(false));
  }

  /**
   * Waits for the next line that has its ending; otherwise as {@link #read}. What stands before the
   * end of the stream is no such line: {@link #rest} has it.
   */
  public Optional<byte[]> readEnded() throws IOException {
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
        return Optional.empty();
      }
      end = count;
    }
  }

  /** Returns what has come of a line that has no ending yet. */
  public byte[] rest() {
    return line.toByteArray();
  }

  private void keep(int until) throws TooLongException {
    line.write(buffer, next, until - next);
    if (line.size() > limit + 1) { // 1 for a \r that may yet be dropped: memory stays bounded
      throw new TooLongException(limit);
    }
  }

  private byte[] take(boolean ended) throws TooLongException {
    byte[] bytes = line.toByteArray();
    line.reset();
    int length = bytes.length;
    if (ended && length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length > limit) {
      throw new TooLongException(limit);
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}

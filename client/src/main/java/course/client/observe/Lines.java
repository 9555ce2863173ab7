package course.client.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of bytes into lines, with a bound to what it keeps of a stream without line ends.
 * Used by one thread.
 */
public final class Lines {
  /** A line was longer than agreed. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException(int most) {
      super("a line is longer than " + most + " bytes");
    }
  }

  private final InputStream in;
  private final int most;
  private final byte[] buffer = new byte[8_192];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int next;
  private int end;

  /**
   * Reads from a stream that the caller closes.
   *
   * @param most bytes in a line
   */
  public Lines(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /**
   * Returns the next line without its line end, or null at the end of the stream. What follows the
   * last line end is no line: it may be half of one.
   *
   * @throws TooLongException if a line has more bytes than agreed
   */
  public String next() throws IOException {
    while (true) {
      while (next < end) {
        byte b = buffer[next++];
        if (b == '\n') {
          String text = rest();
          line.reset();
          return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
        if (line.size() == most) {
          throw new TooLongException(most);
        }
        line.write(b);
      }
      end = Math.max(0, in.read(buffer));
      next = 0;
      if (end == 0) {
        return null;
      }
    }
  }

  /** What has come of a line that is not complete. */
  public String rest() {
    return line.toString(StandardCharsets.UTF_8);
  }
}

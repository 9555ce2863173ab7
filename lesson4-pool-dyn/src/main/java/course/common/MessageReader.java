package course.common;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a connection's bytes into messages. TCP carries a stream: one read may return half a message
 * or a thousand. For one thread.
 */
public final class MessageReader {
  /** The longest message, in bytes without its newline. */
  public static final int MAX_BYTES = 8_192;

  private final InputStream in;
  private final byte[] buffer = new byte[2 * MAX_BYTES];
  private int start; // of the bytes not taken yet
  private int end; // of the bytes read so far
  private boolean tooLong;

  public MessageReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next message without its newline, and waits for the client if need be. Returns null
   * at the end of the stream, or when the next message is {@link #tooLong}.
   */
  public byte[] next() throws IOException {
    int newline = indexOfNewline(start);
    while (newline < 0 && withoutReturn(end) - start <= MAX_BYTES) { // a longer line may never end
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
      int count = in.read(buffer, end, buffer.length - end);
      if (count < 0) {
        return end > 0 ? take(end, end) : null; // a last line may lack its newline
      }
      end += count;
      newline = indexOfNewline(end - count);
    }
    return newline < 0 ? take(end, end) : take(withoutReturn(newline), newline + 1);
  }

  private byte[] take(int messageEnd, int nextStart) {
    tooLong = messageEnd - start > MAX_BYTES;
    byte[] message = tooLong ? null : Arrays.copyOfRange(buffer, start, messageEnd);
    start = nextStart;
    return message;
  }

  private int withoutReturn(int lineEnd) {
    return lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
  }

  private int indexOfNewline(int from) {
    int i = from;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i < end ? i : -1;
  }

  /** Whether the client sent a line of more than {@link #MAX_BYTES}: nothing after it is read. */
  public boolean tooLong() {
    return tooLong;
  }
}

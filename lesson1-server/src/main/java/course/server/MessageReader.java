package course.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a connection's bytes into messages. TCP carries a stream: one read may return half a message
 * or a thousand. Used by the connection's thread only.
 */
final class MessageReader {
  /** The longest message, in bytes without its line end. */
  static final int MAX_BYTES = 8_192;

  private final InputStream in;
  private final byte[] buffer = new byte[2 * MAX_BYTES];
  private int start; // of the bytes not taken yet
  private int end; // of the bytes read so far
  private int newline = -1; // the first one from start on, -1 if it is not in the buffer
  private boolean tooLong;

  MessageReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next message without its line end, and waits for the client if need be. Returns
   * null at the end of the stream, or when the next message is {@link #tooLong}.
   */
  byte[] next() throws IOException {
    while (newline < 0) {
      if (withoutReturn(end) - start > MAX_BYTES) {
        tooLong = true; // the rest of that line could have any length: stop here
        return null;
      }
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
      int count = in.read(buffer, end, buffer.length - end);
      if (count < 0) {
        return start < end ? take(end, end) : null; // a last line may lack its line end
      }
      end += count;
      newline = indexOfNewline(end - count);
    }
    return take(withoutReturn(newline), newline + 1);
  }

  private byte[] take(int messageEnd, int nextStart) {
    if (messageEnd - start > MAX_BYTES) {
      tooLong = true;
      return null;
    }
    byte[] message = Arrays.copyOfRange(buffer, start, messageEnd);
    start = nextStart;
    newline = indexOfNewline(nextStart);
    return message;
  }

  private int withoutReturn(int lineEnd) {
    return lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
  }

  private int indexOfNewline(int from) {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Whether {@link #next} has a whole message at hand and will not wait. */
  boolean hasNext() {
    return newline >= 0;
  }

  /** Whether the client sent a line of more than {@link #MAX_BYTES}: nothing after it is read. */
  boolean tooLong() {
    return tooLong;
  }

  /** Reads to the end of the stream and drops it all. */
  void skipAll() throws IOException {
    while (in.read(buffer) >= 0) {}
  }
}

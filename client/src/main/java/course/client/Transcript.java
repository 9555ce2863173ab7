package course.client;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints what goes out and what comes in, each on a line of its own and byte for byte. Thread-safe:
 * all clients print to one.
 */
final class Transcript {
  private final PrintStream out;
  private final boolean withSent;
  private volatile boolean over; // set by any thread; a line that is being printed may still follow

  /**
   * @param withSent whether to print what goes out too: not if the user has just typed it
   */
  Transcript(PrintStream out, boolean withSent) {
    this.out = out;
    this.withSent = withSent;
  }

  void sent(byte[] message) {
    if (withSent) {
      print(">> ", message, "");
    }
  }

  void received(byte[] reply, boolean expected) {
    print("<< ", reply, expected ? "" : "  (wrong: no message waits for this reply)");
  }

  /** Prints nothing from here on, so that the count is the last word. */
  void end() {
    over = true;
  }

  private void print(String mark, byte[] text, String note) {
    if (over) {
      return;
    }
    var line = new ByteArrayOutputStream(text.length + 64);
    line.writeBytes(mark.getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(text);
    line.writeBytes((note + System.lineSeparator()).getBytes(StandardCharsets.US_ASCII));
    synchronized (this) { // one line and its flush
      out.write(line.toByteArray(), 0, line.size());
      out.flush();
    }
  }
}

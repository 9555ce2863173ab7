package course.grader.engine.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The channel between the grader and a runner: messages, each a list of texts. Not standard output,
 * which belongs to the student's code. Writing is thread-safe, reading is for one thread.
 */
public final class Wire implements Closeable {
  /** A longer text is cut: a student's code may put anything into an exception's message. */
  private static final int MOST_BYTES = 64 * 1_024;

  private static final int MOST_TEXTS = 1_024;

  private final DataInputStream in;
  private final DataOutputStream out; // guarded by this

  public Wire(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = new DataOutputStream(out);
  }

  /** Sends a message, whole. */
  public synchronized void send(String... texts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var message = new DataOutputStream(bytes);
    message.writeInt(texts.length);
    for (String text : texts) {
      byte[] utf8 = text.getBytes(UTF_8);
      int length = Math.min(utf8.length, MOST_BYTES);
      message.writeInt(length);
      message.write(utf8, 0, length);
    }
    out.write(bytes.toByteArray());
    out.flush();
  }

  /** Returns the next message; throws an IOException at the end or if it is none. */
  public List<String> receive() throws IOException {
    var texts = new String[checked(in.readInt(), MOST_TEXTS)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new String(in.readNBytes(checked(in.readInt(), MOST_BYTES)), UTF_8);
    }
    return Arrays.asList(texts);
  }

  private static int checked(int number, int most) throws IOException {
    if (number < 0 || number > most) {
      throw new IOException("not a message of a runner");
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    out.close();
    in.close();
  }
}

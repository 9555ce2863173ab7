package course.grader.engine.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The channel between the grader and a runner: messages, each a list of texts. Not standard output,
 * which belongs to the student's code. Writing is thread-safe, reading is for one thread.
 */
public final class Wire implements Closeable {
  /** A longer text is cut: a student's code may put anything into an exception's message. */
  private static final int MAXIMUM_BYTES = 64 * 1_024;

  private static final int MAXIMUM_TEXTS = 1_024;

  private static final int MAXIMUM_FILES = 10_000;

  private static final int MAXIMUM_FILES_BYTES = 32 << 20; // together

  private final DataInputStream in;
  private final DataOutputStream out; // guarded by this

  public Wire(InputStream in, OutputStream out) {
    this(new DataInputStream(new BufferedInputStream(in)), out);
  }

  private Wire(DataInputStream in, OutputStream out) {
    this.in = in;
    this.out = new DataOutputStream(out);
  }

  /** Returns a wire that reads what this one would, and writes to another place. */
  Wire to(OutputStream other) {
    return new Wire(in, other);
  }

  /** Sends a message, whole. */
  public synchronized void send(String... texts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var message = new DataOutputStream(bytes);
    message.writeInt(texts.length);
    for (String text : texts) {
      byte[] utf8 = text.getBytes(UTF_8);
      int length = Math.min(utf8.length, MAXIMUM_BYTES);
      message.writeInt(length);
      message.write(utf8, 0, length);
    }
    out.write(bytes.toByteArray());
    out.flush();
  }

  /** Sends files: bytes by name. */
  public synchronized void sendFiles(Map<String, byte[]> files) throws IOException {
    var buffered = new DataOutputStream(new BufferedOutputStream(out));
    buffered.writeInt(files.size());
    for (var file : files.entrySet()) {
      buffered.writeUTF(file.getKey());
      buffered.writeInt(file.getValue().length);
      buffered.write(file.getValue());
    }
    buffered.flush();
  }

  /** Returns the files that come next; throws an IOException if these are none, or too many. */
  public Map<String, byte[]> receiveFiles() throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    int left = MAXIMUM_FILES_BYTES;
    for (int count = checked(in.readInt(), MAXIMUM_FILES); count > 0; count--) {
      String name = in.readUTF();
      byte[] bytes = new byte[checked(in.readInt(), left)];
      in.readFully(bytes);
      left -= bytes.length;
      files.put(name, bytes);
    }
    return files;
  }

  /** Receives a message of one text; throws an IOException if that is not this one. */
  public void expect(String text) throws IOException {
    if (!receive().equals(List.of(text))) {
      throw new IOException("not the runner that was started");
    }
  }

  /** Returns a text that nobody can guess. */
  public static String nonce() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns the next message; throws an IOException at the end or if it is none. */
  public List<String> receive() throws IOException {
    var texts = new String[checked(in.readInt(), MAXIMUM_TEXTS)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new String(in.readNBytes(checked(in.readInt(), MAXIMUM_BYTES)), UTF_8);
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

package course.server;

import course.testkit.Show;
import course.testkit.Story;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * What a client sends, cut by TCP where the test says. It behaves as a socket's stream does: a read
 * returns what has arrived, or a part of it, and {@code available} says how much that is; once
 * closed, it throws. Each read is a step of the story.
 */
final class Pieces extends InputStream {
  /** Whoever asks on then, does it for ever: nothing comes of it. */
  private static final int MAX_ASKED = 4;

  /** How many reads of one next() are steps: more would hide what matters. */
  private static final int MAX_SHOWN = 12;

  /** What arrives only after somebody has waited or looked for it; and what is done before. */
  private record Late(byte[] bytes, Runnable meanwhile) {}

  private static final Runnable NOTHING = () -> {};

  private final Story story;
  private final Queue<Late> late = new ArrayDeque<>();
  private byte[] arrived = {};
  private int taken; // of what has arrived
  private Runnable silence; // so what is sent next is late
  private boolean ended;
  private IOException broken; // how the connection is
  private boolean closed;
  private int reads; // in this next()
  private int asked; // how many times in a row nothing came of it
  private AssertionError failure; // what a read threw

  Pieces(Story story) {
    this.story = story;
  }

  /** The client sends bytes, and each part arrives by itself. */
  void sends(byte[]... parts) {
    var shown = new StringBuilder();
    for (byte[] part : parts) {
      if (part.length > 0) {
        send(part);
        silence = NOTHING;
        shown.append(shown.isEmpty() ? "" : " | ").append(Show.hex(part));
      }
    }
    String cuts = shown.indexOf("|") > 0 ? " ('|' is where TCP cuts)" : "";
    story.step("The client sends " + shown + cuts);
    silence = null;
  }

  /** The client sends bytes, each of which arrives by itself. */
  void sendsOneByOne(byte[] bytes) {
    for (byte b : bytes) {
      send(new byte[] {b});
      silence = NOTHING;
    }
    story.step("The client sends " + Show.hex(bytes) + ", and each byte arrives by itself");
    silence = null;
  }

  private void send(byte[] bytes) {
    if (silence != null || !late.isEmpty()) {
      late.add(new Late(bytes, silence == null ? NOTHING : silence));
    } else {
      byte[] all = Arrays.copyOfRange(arrived, taken, arrived.length + bytes.length);
      System.arraycopy(bytes, 0, all, all.length - bytes.length, bytes.length);
      arrived = all;
      taken = 0;
    }
  }

  /** The client sends nothing for now. */
  void isSilent() {
    story.step("The client sends nothing for a while");
    silence = NOTHING;
  }

  /**
   * The client sends nothing until the server has waited for it, and something else is done.
   *
   * @param meanwhile what is done, on the thread that waits
   */
  void isSilentUntil(Runnable meanwhile) {
    silence = meanwhile;
  }

  /** The client has said all it has to say. */
  void closes() {
    story.step("The client closes its side");
    ended = true;
  }

  /**
   * The client is gone, and did not say so.
   *
   * @param how what a read throws then
   */
  void breaks(IOException how) {
    story.step("The connection breaks");
    broken = how;
  }

  /** Notes that next() has ended. What a read threw is thrown again: it may have been caught. */
  void nextEnded() {
    reads = 0;
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      atMost(MAX_ASKED, "it reads 0 bytes, again and again: is there no room in its buffer?");
      return 0; // as every InputStream does
    }
    checkOpen();
    if (taken == arrived.length && !awaits()) {
      if (broken != null) {
        story.step("read: throws " + Show.thrown(broken));
        throw broken;
      }
      atMost(
          MAX_ASKED,
          "it reads on and on, though read has said %d times that the stream has ended"
              .formatted(MAX_ASKED));
      story.step("read: -1, the end of the stream");
      return -1;
    }
    asked = 0;
    int count = Math.min(wanted, arrived.length - taken);
    System.arraycopy(arrived, taken, target, offset, count);
    taken += count;
    if (++reads <= MAX_SHOWN) {
      byte[] got = Arrays.copyOfRange(target, offset, offset + count);
      story.step("read: %d %s, %s".formatted(count, count == 1 ? "byte" : "bytes", Show.hex(got)));
    } else if (reads == MAX_SHOWN + 1) {
      story.step("read: and so on");
    }
    return count;
  }

  /** Waits for the client; false if it will send no more. */
  private boolean awaits() {
    if (late.isEmpty()) {
      if (!ended && broken == null) {
        throw fails(
            "it reads on, though it has all that the client sent: the client waits for a reply, and"
                + " so both wait for ever");
      }
      return false;
    }
    Late next = late.remove();
    try {
      next.meanwhile.run();
    } catch (AssertionError e) {
      failure = e;
      throw e;
    }
    arrived = next.bytes;
    taken = 0;
    return true;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int available() throws IOException {
    checkOpen();
    int available = arrived.length - taken;
    if (available == 0) {
      atMost(
          10 * MAX_ASKED,
          "it asks available() on and on: that is 0 when nothing has arrived, and 0 at the end of"
              + " the stream too");
      story.step("available: 0, as nothing more has arrived yet");
      if (!late.isEmpty()) {
        awaits(); // arrives now
      }
    }
    return available;
  }

  /** As a socket's stream: nothing can be read after it. */
  @Override
  public void close() {
    story.step("The server closes the stream");
    closed = true;
  }

  private void checkOpen() throws IOException {
    if (closed) {
      story.step("The stream throws an IOException, as the server has closed it");
      throw new SocketException("Socket closed");
    }
  }

  private void atMost(int times, String seen) {
    if (++asked > times) {
      throw fails(seen);
    }
  }

  private AssertionError fails(String seen) {
    failure = story.seen(seen);
    return failure;
  }
}

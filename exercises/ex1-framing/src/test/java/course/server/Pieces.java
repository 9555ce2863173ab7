package course.server;

import course.testkit.Show;
import course.testkit.Story;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * What a client sends, cut by TCP where the test says: one read returns one piece, or a part of it.
 * Each read is a step of the story.
 */
final class Pieces extends InputStream {
  /** Whoever asks on then, does it for ever: nothing comes of it. */
  private static final int MAX_ASKED = 4;

  /** How many reads of one next() are steps: more would hide what matters. */
  private static final int MAX_SHOWN = 12;

  /** What one read finds; a late piece comes only after somebody has waited or looked for it. */
  private record Piece(byte[] bytes, boolean late) {}

  private final Story story;
  private final Queue<Piece> pieces = new ArrayDeque<>();
  private byte[] piece = {};
  private int taken; // of the piece
  private boolean silent; // so the next piece is late
  private boolean ended;
  private boolean broken; // the connection
  private int reads; // in this next()
  private int asked; // how many times in a row nothing came of it
  private AssertionError failure; // what a read threw

  Pieces(Story story) {
    this.story = story;
  }

  /** The client sends bytes, and each part arrives by itself. */
  Pieces sends(byte[]... parts) {
    var shown = new StringBuilder();
    for (byte[] part : parts) {
      if (part.length > 0) {
        pieces.add(new Piece(part, silent || !shown.isEmpty()));
        shown.append(shown.isEmpty() ? "" : " | ").append(Show.hex(part));
      }
    }
    String cuts = shown.indexOf("|") > 0 ? " ('|' is where TCP cuts)" : "";
    story.step("The client sends " + shown + cuts);
    silent = false;
    return this;
  }

  /** The client sends bytes, each of which arrives by itself. */
  Pieces sendsOneByOne(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      pieces.add(new Piece(new byte[] {bytes[i]}, i > 0));
    }
    story.step("The client sends " + Show.hex(bytes) + ", and each byte arrives by itself");
    return this;
  }

  /** The client sends nothing for now. */
  Pieces isSilent() {
    story.step("The client sends nothing for a while");
    silent = true;
    return this;
  }

  /** The client has said all it has to say. */
  Pieces andCloses() {
    story.step("The client closes its side");
    ended = true;
    return this;
  }

  /** The client is gone, and did not say so. */
  Pieces andBreaks() {
    story.step("The connection breaks");
    broken = true;
    return this;
  }

  /** Notes that next() has ended. What a read threw is thrown again: it may have been caught. */
  void nextEnded() {
    reads = 0;
    if (failure != null) {
      throw failure;
    }
  }

  /** Returns a frame: the length of the payload, and the payload. */
  static byte[] frame(byte[] payload) {
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(length(payload.length));
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  static byte[] length(int length) {
    return new byte[] {
      (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
    };
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      atMost(MAX_ASKED, "it reads 0 bytes, again and again: is there no room in its buffer?");
      return 0; // as every InputStream does
    }
    if (taken == piece.length && !nextPiece()) {
      if (broken) {
        story.step("read: throws an IOException");
        throw new IOException("Connection reset");
      }
      atMost(
          MAX_ASKED,
          "it reads on and on, though read has said %d times that the stream has ended"
              .formatted(MAX_ASKED));
      story.step("read: -1, the end of the stream");
      return -1;
    }
    asked = 0;
    int count = Math.min(wanted, piece.length - taken);
    System.arraycopy(piece, taken, target, offset, count);
    taken += count;
    if (++reads <= MAX_SHOWN) {
      byte[] got = Arrays.copyOfRange(target, offset, offset + count);
      story.step("read: %d %s, %s".formatted(count, count == 1 ? "byte" : "bytes", Show.hex(got)));
    } else if (reads == MAX_SHOWN + 1) {
      story.step("read: and so on");
    }
    return count;
  }

  private boolean nextPiece() {
    if (pieces.isEmpty()) {
      if (!ended && !broken) {
        throw fails(
            "it reads on, though it has all that the client sent: the client waits for a reply, and"
                + " so both wait for ever");
      }
      return false;
    }
    piece = pieces.remove().bytes;
    taken = 0;
    return true;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int available() {
    if (taken == piece.length && !pieces.isEmpty() && !pieces.peek().late) {
      nextPiece();
    }
    if (taken == piece.length) {
      atMost(
          10 * MAX_ASKED,
          "it asks available() on and on: that is 0 when nothing has arrived, and 0 at the end of"
              + " the stream too");
      story.step("available: 0, as nothing more has arrived yet");
      if (!pieces.isEmpty()) {
        nextPiece(); // arrives now
        return 0;
      }
    }
    return piece.length - taken;
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

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
  /** Whoever reads on then, does it for ever. */
  private static final int MOST_ENDS = 4;

  private final Story story;
  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private byte[] piece = {};
  private int taken; // of the piece
  private boolean ended;
  private int ends; // how many times -1 was returned

  Pieces(Story story) {
    this.story = story;
  }

  /** The client sends bytes, and each part arrives by itself. */
  Pieces sends(byte[]... parts) {
    var shown = new StringBuilder();
    for (byte[] part : parts) {
      pieces.add(part);
      shown.append(shown.isEmpty() ? "" : " | ").append(Show.hex(part));
    }
    String cuts = parts.length > 1 ? " ('|' is where TCP cuts)" : "";
    story.step("The client sends " + shown + cuts);
    return this;
  }

  /** The client has said all it has to say. */
  Pieces andCloses() {
    story.step("The client closes its side");
    ended = true;
    return this;
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
  public int read(byte[] target, int offset, int most) {
    if (most == 0) {
      return 0; // as every InputStream does
    }
    if (taken == piece.length && !nextPiece()) {
      if (++ends > MOST_ENDS) {
        throw story.seen(
            "it reads on and on, though read has said %d times that the stream has ended"
                .formatted(MOST_ENDS));
      }
      story.step("read: -1, the end of the stream");
      return -1;
    }
    int count = Math.min(most, piece.length - taken);
    System.arraycopy(piece, taken, target, offset, count);
    taken += count;
    byte[] got = Arrays.copyOfRange(target, offset, offset + count);
    story.step("read: %d %s, %s".formatted(count, count == 1 ? "byte" : "bytes", Show.hex(got)));
    return count;
  }

  private boolean nextPiece() {
    piece = pieces.isEmpty() ? new byte[0] : pieces.remove();
    taken = 0;
    if (piece.length == 0 && !ended) {
      throw story.seen(
          "it reads on, though it has all that the client sent: the client waits for a reply, and"
              + " so both wait for ever");
    }
    return piece.length > 0;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int available() {
    boolean more = taken < piece.length || pieces.isEmpty() || nextPiece();
    return more ? piece.length - taken : 0;
  }
}

package course.server;

import static course.server.Pieces.frame;
import static course.server.Pieces.length;
import static java.nio.charset.StandardCharsets.US_ASCII;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenFrameReaderTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);

  /** More than any buffer has that somebody would make for one connection. */
  private static final int MANY_BYTES = 8_000_000;

  @Test
  @Rule(4)
  void a_packet_with_a_frame_and_most_of_a_long_one_costs_no_byte(Story story) {
    byte[] longest = payload(FrameReader.MAX_BYTES);
    byte[] bytes = joined(frame(HELLO), frame(longest), frame(HELLO));
    for (int cut = frame(HELLO).length; cut < bytes.length; cut += 409) {
      story.begin("A client connects");
      var in =
          new Pieces(story)
              .sends(
                  Arrays.copyOfRange(bytes, 0, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
      var frames = new FrameReader(in);
      returns(HELLO, in, frames, story);
      returns(longest, in, frames, story);
      returns(HELLO, in, frames, story);
    }
  }

  @Test
  @Rule(7)
  void it_goes_on_for_megabytes(Story story) {
    var in = new Pieces(story);
    var frames = new FrameReader(in);
    byte[] longest = payload(FrameReader.MAX_BYTES);
    for (int n = 1; n * longest.length < MANY_BYTES; n++) {
      story.begin("A client has sent frame after frame; this is number " + n);
      in.sends(frame(longest));
      returns(longest, in, frames, story);
    }
  }

  @Test
  @Rule(8)
  void a_length_above_the_limit_is_refused_in_a_later_frame_too(Story story) {
    for (int size : new int[] {8_193, 10_000, 70_000}) {
      story.begin("A client connects");
      var in = new Pieces(story).sends(joined(frame(HELLO), frame(payload(size))));
      var frames = new FrameReader(in);
      returns(HELLO, in, frames, story);
      refuses(in, frames, story);
    }
  }

  @Test
  @Rule(9)
  void a_negative_length_is_refused_in_a_later_frame_too(Story story) {
    for (int length : new int[] {-1, -4, -9, Integer.MIN_VALUE}) {
      story.begin("A client connects");
      var in = new Pieces(story).sends(joined(frame(HELLO), length(length), HELLO));
      var frames = new FrameReader(in);
      returns(HELLO, in, frames, story);
      refuses(in, frames, story);
    }
  }

  private static void returns(byte[] expected, Pieces in, FrameReader frames, Story story) {
    story.expectValue("next() returns", expected);
    byte[] seen = story.step("The server calls next()", () -> next(in, frames));
    int at = seen == null ? 0 : Arrays.mismatch(expected, seen);
    story.check(
        at < 0,
        "next() returns the %,d bytes that were sent".formatted(expected.length),
        seen == null
            ? "next() returns null"
            : "next() returns %,d bytes; number %,d is the first that is wrong"
                .formatted(seen.length, at + 1));
  }

  private static void refuses(Pieces in, FrameReader frames, Story story) {
    story.refuses(
        "The server calls next()",
        "next() throws an IOException",
        IOException.class,
        () -> next(in, frames));
  }

  private static byte[] next(Pieces in, FrameReader frames) throws IOException {
    try {
      return frames.next();
    } finally {
      in.nextEnded();
    }
  }

  /** Returns a payload in which bytes that stand elsewhere than they should are seen. */
  private static byte[] payload(int length) {
    var payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (i * 31 + i / 251);
    }
    return payload;
  }

  private static byte[] joined(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}

package course.server;

import static course.server.Bytes.cut;
import static course.server.Bytes.frame;
import static course.server.Bytes.joined;
import static course.server.Bytes.length;
import static java.nio.charset.StandardCharsets.US_ASCII;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenFrameReaderTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);

  /** More than any buffer has that somebody would make for one connection. */
  private static final int MANY_BYTES = 8_000_000;

  /** More than a stream that is wrapped anew for each frame can bear. */
  private static final int MANY_FRAMES = 40_000;

  @Test
  @Rule(4)
  void a_packet_with_a_frame_and_most_of_a_long_one_costs_no_byte(Story story) {
    byte[] longest = payload(FrameReader.MAX_BYTES);
    byte[] bytes = joined(frame(HELLO), frame(longest), frame(HELLO));
    for (int at = frame(HELLO).length; at < bytes.length; at += 409) {
      Client.connects(story)
          .sends(cut(bytes, at))
          .returns(HELLO)
          .returns(longest)
          .returns(HELLO)
          .hasKeptAll();
    }
  }

  @Test
  @Rule(7)
  void it_goes_on_for_megabytes(Story story) {
    Client client = Client.connects(story);
    byte[] longest = payload(FrameReader.MAX_BYTES);
    for (int n = 1; n * longest.length < MANY_BYTES; n++) {
      story.begin("A client has sent frame after frame; this is number " + n);
      client.sends(frame(longest)).returns(longest);
    }
  }

  @Test
  @Rule(7)
  void it_goes_on_for_tens_of_thousands_of_frames(Story story) {
    byte[][] parts = cut(frame(HELLO), 6);
    Client client = Client.connects(story).sends(parts[0]);
    for (int n = 1; n <= MANY_FRAMES; n++) {
      story.begin("A client has sent frame after frame; this is number " + n);
      client.sends(joined(parts[1], parts[0])).returns(HELLO);
    }
  }

  @Test
  @Rule(8)
  void a_length_above_the_limit_is_refused_in_a_later_frame_too(Story story) {
    for (int size : new int[] {8_193, 10_000, 70_000}) {
      Client.connects(story)
          .sends(joined(frame(HELLO), frame(payload(size))))
          .returns(HELLO)
          .refuses();
    }
  }

  @Test
  @Rule(9)
  void a_negative_length_is_refused_in_a_later_frame_too(Story story) {
    for (int length : new int[] {-1, -4, -9, Integer.MIN_VALUE}) {
      Client.connects(story)
          .sends(joined(frame(HELLO), length(length), HELLO))
          .returns(HELLO)
          .refuses();
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
}

package course.server;

import static course.server.Pieces.frame;
import static course.server.Pieces.length;
import static java.nio.charset.StandardCharsets.US_ASCII;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@ExerciseTests
class FrameReaderTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);

  @Test
  @Rule(value = 1, points = 1)
  void a_frame_that_comes_in_one_piece_is_returned_without_its_length(Story story) {
    var in = new Pieces(story).sends(frame(HELLO));
    returns(HELLO, new FrameReader(in), story);
  }

  @Test
  @Rule(value = 2, points = 2)
  void a_payload_cut_into_pieces_comes_out_whole(Story story) {
    byte[] frame = frame(HELLO);
    var in = new Pieces(story).sends(part(frame, 0, 6), part(frame, 6, 8), part(frame, 8, 9));
    returns(HELLO, new FrameReader(in), story);
  }

  @Test
  @Rule(value = 3, points = 2)
  void a_length_cut_into_pieces_is_read_whole(Story story) {
    byte[] frame = frame(HELLO);
    var in = new Pieces(story).sends(part(frame, 0, 1), part(frame, 1, 3), part(frame, 3, 9));
    returns(HELLO, new FrameReader(in), story);
  }

  @Test
  @Rule(value = 4, points = 2)
  void two_frames_in_one_packet_come_out_one_by_one(Story story) {
    byte[] both = Arrays.copyOf(frame(HELLO), 16);
    System.arraycopy(frame("you".getBytes(US_ASCII)), 0, both, 9, 7);
    var frames = new FrameReader(new Pieces(story).sends(both));
    returns(HELLO, frames, story);
    returns("you".getBytes(US_ASCII), frames, story);
  }

  @Test
  @Rule(value = 5, points = 2)
  void a_length_is_four_unsigned_bytes_the_heaviest_first(Story story) {
    for (int length : new int[] {200, 255, 256, 4_660, FrameReader.MAX_BYTES}) {
      byte[] payload = new byte[length];
      Arrays.fill(payload, (byte) 'x');
      var in = new Pieces(story).sends(length(length), payload);
      returns(payload, new FrameReader(in), story);
    }
  }

  @Test
  @Rule(value = 6, points = 1)
  void an_empty_frame_is_a_message_too(Story story) {
    returns(new byte[0], new FrameReader(new Pieces(story).sends(length(0))), story);
  }

  @Test
  @Rule(value = 7, points = 2)
  void a_whole_frame_is_returned_without_waiting_for_more_bytes(Story story) {
    var in = new Pieces(story);
    var frames = new FrameReader(in.sends(frame(HELLO)));
    returns(HELLO, frames, story);
    in.sends(frame("you".getBytes(US_ASCII)));
    returns("you".getBytes(US_ASCII), frames, story);
  }

  @Test
  @Rule(value = 8, points = 2)
  void a_length_above_the_limit_is_refused_before_memory_is_taken_for_it(Story story) {
    for (int length : new int[] {Integer.MAX_VALUE, FrameReader.MAX_BYTES + 1}) {
      refuses(new Pieces(story).sends(length(length)), story);
    }
  }

  @Test
  @Rule(value = 9, points = 1)
  void a_negative_length_is_refused(Story story) {
    refuses(new Pieces(story).sends(length(-1)), story);
  }

  @Test
  @Rule(value = 10, points = 1)
  void the_end_of_the_stream_between_two_frames_is_the_end(Story story) {
    var frames = new FrameReader(new Pieces(story).sends(frame(HELLO)).andCloses());
    returns(HELLO, frames, story);
    returns(null, frames, story);
  }

  @Test
  @Rule(value = 11, points = 2)
  void the_end_of_the_stream_inside_a_frame_is_an_error(Story story) {
    byte[] frame = frame(HELLO);
    refuses(new Pieces(story).sends(part(frame, 0, 8)).andCloses(), story);
    refuses(new Pieces(story).sends(part(frame, 0, 4)).andCloses(), story);
    refuses(new Pieces(story).sends(part(frame, 0, 3)).andCloses(), story);
  }

  private static void returns(byte[] expected, FrameReader frames, Story story) {
    story.expectValue("next() returns", expected);
    byte[] seen = story.step("The server calls next()", frames::next);
    story.equal("next() returns", expected, seen);
  }

  private static void refuses(Pieces in, Story story) {
    story.refuses(
        "The server calls next()",
        "next() throws an IOException",
        IOException.class,
        new FrameReader(in)::next);
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}

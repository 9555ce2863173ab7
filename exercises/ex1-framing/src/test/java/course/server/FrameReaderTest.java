package course.server;

import static course.server.Pieces.frame;
import static course.server.Pieces.length;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Show;
import course.testkit.Story;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@ExerciseTests
class FrameReaderTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);
  private static final byte[] WORLD = "world".getBytes(US_ASCII);

  /** Those that text, signs and lines get wrong; it even begins as a frame does. */
  private static final byte[] ANY_BYTES = {0, 0, 0, 2, -1, -128, 127, '\n', '\r', -2, 26, 0};

  @Test
  @Rule(value = 1, points = 1)
  void a_frame_that_comes_in_one_piece_is_returned_without_its_length(Story story) {
    for (byte[] payload : new byte[][] {HELLO, ANY_BYTES, allBytes()}) {
      var in = client(story).sends(frame(payload));
      returns(payload, in, new FrameReader(in), story);
    }
  }

  @Test
  @Rule(value = 2, points = 2)
  void a_payload_cut_into_pieces_comes_out_whole(Story story) {
    byte[] hello = frame(HELLO);
    cut(HELLO, story, part(hello, 0, 6), part(hello, 6, 8), part(hello, 8, 9));
    byte[] bytes = frame(ANY_BYTES);
    for (int at = 4; at < bytes.length; at++) {
      cut(ANY_BYTES, story, part(bytes, 0, at), part(bytes, at, bytes.length));
    }
    byte[] longest = payload(FrameReader.MAX_BYTES);
    cut(
        longest,
        story,
        length(longest.length),
        part(longest, 0, 8_191),
        part(longest, 8_191, 8_192));
    for (byte[] payload : new byte[][] {ANY_BYTES, allBytes()}) {
      var in = client(story).sendsOneByOne(frame(payload));
      returns(payload, in, new FrameReader(in), story);
    }
  }

  @Test
  @Rule(value = 3, points = 2)
  void a_length_cut_into_pieces_is_read_whole(Story story) {
    byte[] hello = frame(HELLO);
    cut(HELLO, story, part(hello, 0, 1), part(hello, 1, 3), part(hello, 3, 9));
    byte[] payload = payload(0x1234); // so that two bytes of the length count
    for (int at = 1; at <= 4; at++) {
      byte[] frame = frame(payload);
      cut(payload, story, part(frame, 0, at), part(frame, at, frame.length));
    }
    for (int at = 1; at < 4; at++) {
      var in = client(story).sends(joined(hello, part(hello, 0, at)), part(hello, at, 9));
      var frames = new FrameReader(in);
      returns(HELLO, in, frames, story);
      returns(HELLO, in, frames, story);
    }
  }

  @Test
  @Rule(value = 4, points = 2)
  void two_frames_in_one_packet_come_out_one_by_one(Story story) {
    var in = client(story).sends(joined(frame(HELLO), frame(WORLD)));
    var frames = new FrameReader(in);
    byte[] first = returns(HELLO, in, frames, story);
    story.step("Another client connects");
    var two = new Pieces(story).sends(joined(frame(WORLD), frame(ANY_BYTES), frame(HELLO)));
    var framesOfTwo = new FrameReader(two);
    byte[] firstOfTwo = returns(WORLD, two, framesOfTwo, story);
    returns(WORLD, in, frames, story);
    returns(ANY_BYTES, two, framesOfTwo, story);
    byte[] last = returns(HELLO, two, framesOfTwo, story);
    same("the array that next() returned first now has", HELLO, first, story);
    same("the array that next() returned first now has", WORLD, firstOfTwo, story);
    same("the array that next() returned last now has", HELLO, last, story);
    story.begin("A client sends 100 frames at once, which TCP cuts after each 109 bytes");
    var many = new ByteArrayOutputStream();
    for (int size = 0; size < 100; size++) {
      many.writeBytes(frame(payload(size)));
    }
    var cut = new Pieces(story).sends(chunks(many.toByteArray(), 109));
    var framesOfMany = new FrameReader(cut);
    for (int size = 0; size < 100; size++) {
      returns(payload(size), cut, framesOfMany, story);
    }
  }

  @Test
  @Rule(value = 5, points = 2)
  void a_length_is_four_unsigned_bytes_the_most_significant_first(Story story) {
    for (int length : new int[] {1, 10, 127, 128, 200, 255, 256, 257, 0x1234, 0x1fff, 8_192}) {
      byte[] payload = payload(length);
      var in = client(story).sends(length(length), payload);
      returns(payload, in, new FrameReader(in), story);
    }
  }

  @Test
  @Rule(value = 6, points = 1)
  void an_empty_frame_is_a_message_too(Story story) {
    var in = client(story).sends(length(0));
    var frames = new FrameReader(in);
    returns(new byte[0], in, frames, story);
    in.sends(length(0));
    returns(new byte[0], in, frames, story);
    in.sends(frame(HELLO));
    returns(HELLO, in, frames, story);
    in.sends(length(0)).andCloses();
    returns(new byte[0], in, frames, story);
    returns(null, in, frames, story);
  }

  @Test
  @Rule(value = 7, points = 2)
  void a_whole_frame_is_returned_without_waiting_for_more_bytes(Story story) {
    var in = client(story);
    var frames = new FrameReader(in);
    byte[] longest = payload(FrameReader.MAX_BYTES);
    for (byte[] payload : new byte[][] {HELLO, WORLD, longest, new byte[0], longest, HELLO}) {
      in.sends(frame(payload));
      returns(payload, in, frames, story);
    }
    for (int n = 1; n <= 2_000; n++) { // as many bytes as no buffer has that holds a frame
      story.begin("A client has sent frame after frame; this is number " + n);
      in.sends(frame(ANY_BYTES));
      returns(ANY_BYTES, in, frames, story);
    }
  }

  @Test
  @Rule(value = 8, points = 2)
  void a_length_above_the_limit_is_refused_before_memory_is_taken_for_it(Story story) {
    // The last two or three bytes of some of these alone would be a length that is allowed.
    for (int length : new int[] {Integer.MAX_VALUE, 8_193, 0x1_0005, 0x100_0005, 0x4000_0000}) {
      refuses(client(story).sends(length(length)), story);
    }
    refuses(client(story).sends(frame(new byte[8_193])), story);
    long before = allocated();
    refuses(client(story).sends(length(0x400_0000)), story); // as much as there may well be
    long taken = allocated() - before;
    story.check(
        taken < 0x40_0000,
        "next() takes no memory for a length that it refuses",
        "it took %,d bytes of memory for a length of 67,108,864".formatted(taken));
    var in = client(story).sends(length(8_192), payload(8_192));
    returns(payload(8_192), in, new FrameReader(in), story);
  }

  @Test
  @Rule(value = 9, points = 1)
  void a_negative_length_is_refused(Story story) {
    for (int length : new int[] {-1, -5, Integer.MIN_VALUE, Integer.MIN_VALUE + 5, -256}) {
      refuses(client(story).sends(length(length)), story);
    }
  }

  @Test
  @Rule(value = 10, points = 1)
  void the_end_of_the_stream_between_two_frames_is_the_end(Story story) {
    var in = client(story).sends(frame(HELLO)).andCloses();
    var frames = new FrameReader(in);
    returns(HELLO, in, frames, story);
    returns(null, in, frames, story);
    returns(null, in, frames, story);
    var nothing = client(story).andCloses();
    returns(null, nothing, new FrameReader(nothing), story);
    var late = client(story).isSilent().sends(frame(HELLO)).isSilent().sends(frame(WORLD));
    var lateFrames = new FrameReader(late.andCloses());
    returns(HELLO, late, lateFrames, story);
    returns(WORLD, late, lateFrames, story);
    returns(null, late, lateFrames, story);
  }

  @Test
  @Rule(value = 11, points = 2)
  void the_end_of_the_stream_inside_a_frame_is_an_error(Story story) {
    byte[] frame = frame(HELLO);
    for (int sent = frame.length - 1; sent > 0; sent--) {
      refuses(client(story).sends(part(frame, 0, sent)).andCloses(), story);
    }
    for (int sent = 1; sent < frame.length; sent += 3) {
      var in = client(story).sends(joined(frame, part(frame, 0, sent))).andCloses();
      var frames = new FrameReader(in);
      returns(HELLO, in, frames, story);
      refuses(in, frames, story);
    }
    for (int sent : new int[] {0, 2, 4, 7}) {
      var in = client(story).sends(frame, part(frame, 0, sent)).andBreaks();
      var frames = new FrameReader(in);
      returns(HELLO, in, frames, story);
      refuses(in, frames, story);
    }
  }

  private static Pieces client(Story story) {
    story.begin("A client connects");
    return new Pieces(story);
  }

  private static void cut(byte[] payload, Story story, byte[]... parts) {
    var in = client(story).sends(parts);
    returns(payload, in, new FrameReader(in), story);
  }

  private static byte[] returns(byte[] expected, Pieces in, FrameReader frames, Story story) {
    story.expectValue("next() returns", expected);
    byte[] seen = story.step("The server calls next()", () -> next(in, frames));
    same("next() returns", expected, seen, story);
    return seen;
  }

  /** Compares byte by byte: two long payloads begin alike. */
  private static void same(String what, byte[] expected, byte[] seen, Story story) {
    int at = expected == null || seen == null ? -1 : Arrays.mismatch(expected, seen);
    if (at >= 0 && at < Math.min(expected.length, seen.length)) {
      story.expectValue(what, expected);
      throw story.seen(
          "%s %s: byte number %d is %02x, not %02x"
              .formatted(what, Show.bytes(seen), at + 1, seen[at], expected[at]));
    }
    story.equal(what, expected, seen);
  }

  private static void refuses(Pieces in, Story story) {
    refuses(in, new FrameReader(in), story);
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

  /** Returns how many bytes this thread has allocated so far. */
  private static long allocated() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
  }

  /** Returns a payload of all the values that a byte can have. */
  private static byte[] allBytes() {
    return payload(256);
  }

  /** Returns a payload that is like no other of another length. */
  private static byte[] payload(int length) {
    var payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (i + length);
    }
    return payload;
  }

  private static byte[] joined(byte[]... frames) {
    var joined = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      joined.writeBytes(frame);
    }
    return joined.toByteArray();
  }

  private static byte[][] chunks(byte[] bytes, int size) {
    var chunks = new byte[(bytes.length + size - 1) / size][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = part(bytes, i * size, Math.min(bytes.length, (i + 1) * size));
    }
    return chunks;
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}

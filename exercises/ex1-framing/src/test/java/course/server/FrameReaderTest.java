package course.server;

import static course.server.Bytes.chunks;
import static course.server.Bytes.cut;
import static course.server.Bytes.frame;
import static course.server.Bytes.joined;
import static course.server.Bytes.length;
import static course.server.Bytes.part;
import static course.server.Bytes.payload;
import static java.nio.charset.StandardCharsets.US_ASCII;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

@ExerciseTests
class FrameReaderTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);
  private static final byte[] WORLD = "world".getBytes(US_ASCII);

  /** Those that text, signs and lines get wrong; it even begins as a frame does. */
  private static final byte[] ANY_BYTES = {0, 0, 0, 2, -1, -128, 127, '\n', '\r', -2, 26, 0};

  private static final byte[] LONGEST = payload(FrameReader.MAX_BYTES);

  /** So many that nobody would keep as many arrays to use them again. */
  private static final int MANY = 2_000;

  /** So many that no buffer holds them all. */
  private static final int LONG_FRAMES = 300;

  @Test
  @Rule(value = 1, points = 1)
  void a_frame_that_comes_in_one_piece_is_returned_without_its_length(Story story) {
    for (byte[] payload : new byte[][] {HELLO, ANY_BYTES, allBytes()}) {
      Client.connects(story).sends(frame(payload)).returns(payload);
    }
  }

  @Test
  @Rule(value = 2, points = 2)
  void a_payload_cut_into_pieces_comes_out_whole(Story story) {
    byte[] hello = frame(HELLO);
    Client.connects(story)
        .sends(part(hello, 0, 6), part(hello, 6, 8), part(hello, 8, 9))
        .returns(HELLO);
    byte[] bytes = frame(ANY_BYTES);
    for (int at = 4; at < bytes.length; at++) {
      Client.connects(story).sends(cut(bytes, at)).returns(ANY_BYTES);
    }
    Client.connects(story)
        .sends(length(LONGEST.length), part(LONGEST, 0, 8_191), part(LONGEST, 8_191, 8_192))
        .returns(LONGEST);
    for (byte[] payload : new byte[][] {ANY_BYTES, allBytes(), LONGEST}) {
      Client.connects(story).sendsOneByOne(frame(payload)).returns(payload);
    }
    for (int at = 4; at < bytes.length; at += 3) {
      cutAroundAnotherConnection(ANY_BYTES, at, story);
    }
  }

  @Test
  @Rule(value = 3, points = 2)
  void a_length_cut_into_pieces_is_read_whole(Story story) {
    byte[] hello = frame(HELLO);
    Client.connects(story)
        .sends(part(hello, 0, 1), part(hello, 1, 3), part(hello, 3, 9))
        .returns(HELLO);
    byte[] payload = payload(0x1234); // so that two bytes of the length count
    for (int at = 1; at <= 4; at++) {
      Client.connects(story).sends(cut(frame(payload), at)).returns(payload);
    }
    for (int at = 1; at < 4; at++) {
      Client.connects(story)
          .sends(joined(hello, part(hello, 0, at)), part(hello, at, 9))
          .returns(HELLO)
          .returns(HELLO);
    }
    for (int at = 1; at < 4; at++) {
      cutAroundAnotherConnection(payload, at, story);
    }
  }

  /** While the server waits for the rest of a frame, it reads whole frames of somebody else. */
  private static void cutAroundAnotherConnection(byte[] payload, int at, Story story) {
    byte[][] parts = cut(frame(payload), at);
    Client one = Client.connects(story);
    Client other = Client.alsoConnects(story).sends(frame(HELLO), frame(new byte[0]));
    one.sends(parts[0])
        .isSilentUntil(() -> other.returns(HELLO).returns(new byte[0]))
        .sends(parts[1])
        .returns(payload);
    other.hasKeptAll();
  }

  @Test
  @Rule(value = 4, points = 2)
  void two_frames_in_one_packet_come_out_one_by_one(Story story) {
    Client one = Client.connects(story).sends(joined(frame(HELLO), frame(WORLD))).returns(HELLO);
    Client two =
        Client.alsoConnects(story)
            .sends(joined(frame(WORLD), frame(ANY_BYTES), frame(HELLO)))
            .returns(WORLD);
    one.returns(WORLD);
    two.returns(ANY_BYTES).returns(HELLO);
    one.hasKeptAll();
    two.hasKeptAll();
    story.begin("A client sends 100 frames at once, which TCP cuts after each 109 bytes");
    var many = new ByteArrayOutputStream();
    for (int size = 0; size < 100; size++) {
      many.writeBytes(frame(payload(size)));
    }
    Client client = Client.alsoConnects(story).sends(chunks(many.toByteArray(), 109));
    for (int size = 0; size < 100; size++) {
      client.returns(payload(size));
    }
    client.hasKeptAll();
    byte[] first = "Aa".getBytes(US_ASCII); // these two have the same hash code
    byte[] second = "BB".getBytes(US_ASCII);
    client.sends(joined(frame(first), frame(second))).returns(first).returns(second);
    fillsOnePacket(story);
  }

  private static void fillsOnePacket(Story story) {
    int count = 1_500;
    var packet = new ByteArrayOutputStream();
    for (int n = 1; n <= count; n++) {
      packet.writeBytes(frame(new byte[] {(byte) n}));
    }
    Client client = Client.connects(story).sends(packet.toByteArray());
    for (int n = 1; n <= count; n++) {
      story.begin(
          "A client has sent %,d frames in one packet; this is number %d".formatted(count, n));
      client.returns(new byte[] {(byte) n});
    }
  }

  @Test
  @Rule(4)
  void what_was_returned_stays_however_much_is_read_after_it(Story story) {
    Client one = Client.connects(story);
    Client other = Client.alsoConnects(story);
    for (int n = 1; n <= MANY; n++) {
      story.begin("Two clients have sent frame after frame; these are number " + n);
      one.sends(frame(length(n))).returns(length(n));
      other.sends(frame(length(-n))).returns(length(-n));
    }
    story.begin("Two clients have sent %,d frames each".formatted(MANY));
    one.hasKeptAll();
    other.hasKeptAll();
    one.sends(part(frame(length(0)), 0, 6)).andCloses().refuses().hasKeptAll();
    other.andCloses().returns(null).hasKeptAll();
    Client gone = Client.connects(story).sends(frame(HELLO)).andCloses();
    gone.returns(HELLO).returns(null);
    Client.alsoConnects(story).sends(frame(WORLD)).returns(WORLD);
    gone.hasKeptAll();
  }

  @Test
  @Rule(value = 5, points = 2)
  void a_length_is_four_unsigned_bytes_the_most_significant_first(Story story) {
    for (int length : new int[] {1, 10, 127, 128, 200, 255, 256, 257, 0x1234, 0x1fff, 8_192}) {
      Client.connects(story).sends(length(length), payload(length)).returns(payload(length));
    }
    for (int length = 0; length < 8_192; length += 37) {
      Client.connects(story).sends(frame(payload(length))).returns(payload(length));
    }
    for (int length : new int[] {128, 200, 255, 0x180, 0x1f80, 8_192}) {
      byte[] frame = frame(payload(length));
      for (int at = 1; at < 4; at++) {
        Client.connects(story).sends(cut(frame, at)).returns(payload(length));
        Client.connects(story)
            .sends(joined(frame(HELLO), part(frame, 0, at)), part(frame, at, frame.length))
            .returns(HELLO)
            .returns(payload(length));
      }
      Client.connects(story).sendsOneByOne(frame).returns(payload(length));
    }
  }

  @Test
  @Rule(value = 6, points = 1)
  void an_empty_frame_is_a_message_too(Story story) {
    Client client = Client.connects(story).sends(length(0)).returns(new byte[0]);
    client.sends(length(0)).returns(new byte[0]);
    client.sends(frame(HELLO)).returns(HELLO);
    client.sends(joined(length(0), length(0))).returns(new byte[0]).returns(new byte[0]);
    client.sends(length(0)).andCloses().returns(new byte[0]).returns(null);
  }

  @Test
  @Rule(value = 7, points = 2)
  void a_whole_frame_is_returned_without_waiting_for_more_bytes(Story story) {
    Client client = Client.connects(story);
    for (byte[] payload : new byte[][] {HELLO, WORLD, LONGEST, new byte[0], LONGEST, HELLO}) {
      client.sends(frame(payload)).returns(payload);
    }
    for (int n = 1; n <= MANY; n++) { // as many bytes as no buffer has that holds a frame
      story.begin("A client has sent frame after frame; this is number " + n);
      client.sends(frame(ANY_BYTES)).returns(ANY_BYTES);
    }
  }

  @Test
  @Rule(7)
  void a_whole_frame_is_returned_though_a_part_of_the_next_has_come(Story story) {
    byte[] next = frame(HELLO);
    for (byte[] payload : new byte[][] {WORLD, new byte[0], LONGEST}) {
      for (int come = 1; come < next.length; come++) {
        byte[][] parts = cut(next, come);
        Client.connects(story)
            .sends(joined(frame(payload), parts[0]))
            .returns(payload)
            .sends(joined(parts[1], parts[0]))
            .returns(HELLO)
            .sends(parts[1])
            .returns(HELLO);
      }
    }
    Client client = Client.connects(story).sends(frame(WORLD)).returns(WORLD);
    byte[][] parts = cut(frame(LONGEST), 6);
    client.sends(parts[0]);
    for (int n = 1; n <= LONG_FRAMES; n++) {
      story.begin(
          "A client sends one long frame after the other, each with the first 6 bytes of the next;"
              + " this is number "
              + n);
      client.sends(joined(parts[1], parts[0])).returns(LONGEST);
    }
  }

  /** Returns a payload of all the values that a byte can have. */
  private static byte[] allBytes() {
    return payload(256);
  }
}

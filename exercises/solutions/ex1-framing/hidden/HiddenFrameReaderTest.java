package course.server;

import static course.server.Bytes.cut;
import static course.server.Bytes.frame;
import static course.server.Bytes.joined;
import static course.server.Bytes.length;
import static java.nio.charset.StandardCharsets.US_ASCII;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenFrameReaderTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);
  private static final byte[] WORLD = "world".getBytes(US_ASCII);

  /** More than any buffer has that somebody would make for one connection. */
  private static final int MANY_BYTES = 8_000_000;

  /** The longest frames, 16 MB in all, of which a reader keeps some hundred kilobytes at most. */
  private static final int LONG_FRAMES = 2_000;

  private static final long KEPT = 8_000_000; // bytes

  /** More than a stream that is wrapped anew for each frame can bear. */
  private static final int MANY_FRAMES = 40_000;

  @Test
  @Rule(2)
  void how_other_connections_have_ended_changes_nothing(Story story) {
    byte[] frame = frame(HELLO);
    for (int at = 1; at < frame.length; at++) {
      byte[][] parts = cut(frame, at);
      Client.connects(story).sends(parts[0]).andCloses().refuses();
      Client.alsoConnects(story).sends(parts[0]).andBreaks(new IOException("reset")).refuses();
      Client.alsoConnects(story).sends(length(-1)).refuses();
      Client.alsoConnects(story).sends(length(8_193)).refuses();
      Client other = Client.alsoConnects(story).sends(frame(WORLD));
      Client.alsoConnects(story)
          .sends(parts[0])
          .isSilentUntil(() -> other.returns(WORLD))
          .sends(parts[1])
          .returns(HELLO);
    }
  }

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
    returnsAll(
        story,
        "A client has sent frame after frame, each with the first 6 bytes of the next",
        new FrameReader(new Endless(frame(HELLO), 6)),
        MANY_FRAMES,
        frame -> Arrays.equals(frame, HELLO));
  }

  @Test
  @Rule(7)
  void with_sixteen_megabytes_it_needs_no_more_memory(Story story) {
    long before = usedMemory();
    var frames = new FrameReader(new Endless(frame(payload(FrameReader.MAX_BYTES)), 0));
    returnsAll(
        story,
        "A client has sent 16 MB in frames of 8,192 bytes",
        frames,
        LONG_FRAMES,
        frame -> frame != null && frame.length == FrameReader.MAX_BYTES);
    story.check(
        usedMemory() - before < KEPT,
        "the server needs less than 8 MB of memory for the connection",
        "it needs more");
    Reference.reachabilityFence(frames);
  }

  /** Returns how much is in use when all is gone that can go, in bytes. */
  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The server calls next() so many times, and has a whole frame each time. */
  private static void returnsAll(
      Story story, String what, FrameReader frames, int count, Predicate<byte[]> isWhole) {
    story.expect("each of the %,d frames is returned".formatted(count));
    int returned =
        story.step(
            what,
            () -> {
              int whole = 0;
              while (whole < count && isWhole.test(frames.next())) {
                whole++;
              }
              return whole;
            });
    story.equal("frames that came whole:", count, returned);
  }

  /** The same frame again and again. For one thread. */
  private static final class Endless extends InputStream {
    private final byte[] twice; // the frame, and once more
    private final int size;
    private final int into;
    private int next; // below the frame's size
    private int emptyReads; // in a row

    /**
     * @param into how many bytes of the next frame arrive with the end of one
     */
    Endless(byte[] frame, int into) {
      twice = joined(frame, frame);
      size = frame.length;
      this.into = into;
    }

    @Override
    public int read() {
      int read = twice[next] & 0xff;
      next = next + 1 == size ? 0 : next + 1; // a division for each byte would take longer
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      emptyReads = length == 0 ? emptyReads + 1 : 0;
      if (emptyReads > 1_000) {
        throw new IllegalStateException("it reads 0 bytes, again and again: is there no room?");
      }
      int arrived = Math.floorMod(into - next - 1, size) + 1;
      int count = Math.min(length, arrived);
      System.arraycopy(twice, next, target, offset, count);
      next = (next + count) % size;
      return count;
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

  @Test
  @Rule(7)
  void the_silence_of_forty_others_holds_up_nobody(Story story) {
    readsBehind(40, story);
  }

  /** Each of so many clients is silent until the server has read a frame of the next one. */
  private static void readsBehind(int silent, Story story) {
    story.begin("All clients but one are silent; %d more connect".formatted(silent));
    Client client = Client.alsoConnects(story);
    if (silent > 0) {
      client.isSilentUntil(() -> readsBehind(silent - 1, story));
    }
    client.sends(frame(HELLO)).returns(HELLO);
  }

  @Test
  @Rule(10)
  void an_interrupt_is_not_the_end(Story story) throws IOException {
    byte[] frame = frame(HELLO);
    for (int at = 0; at <= frame.length; at++) {
      story.begin("A client connects");
      var in = new Pieces(story);
      in.sends(cut(frame, at));
      var frames = new FrameReader(in);
      story.step("The thread that calls next() is interrupted");
      Thread.currentThread().interrupt();
      boolean end;
      try {
        end = frames.next() == null;
      } catch (ClosedByInterruptException e) {
        end = false; // so it is with a channel
      } finally {
        Thread.interrupted();
      }
      story.check(!end, "next() does not say that this is the end", "next() returned null");
    }
  }

  @Test
  @Rule(11)
  void a_single_read_that_fails_is_an_error(Story story) {
    byte[] frame = frame(HELLO);
    for (int at = 0; at < frame.length; at++) {
      story.begin(
          "A read returns %d bytes of a frame, the next one throws, and those after it return the"
                  .formatted(at)
              + " rest");
      var frames = new FrameReader(new Stumbling(frame, at));
      story.refuses(
          "The server calls next()",
          "next() throws an IOException",
          IOException.class,
          frames::next);
    }
  }

  /** A stream of bytes of which one read throws. */
  private static final class Stumbling extends InputStream {
    private final byte[] bytes;
    private int taken;
    private int end; // of what comes before that read

    Stumbling(byte[] bytes, int at) {
      this.bytes = bytes;
      this.end = at;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
      if (taken == end && end < bytes.length) {
        end = bytes.length;
        throw new SocketTimeoutException("Read timed out");
      }
      int count = Math.min(wanted, end - taken);
      System.arraycopy(bytes, taken, target, offset, count);
      taken += count;
      return count > 0 || wanted == 0 ? count : -1;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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

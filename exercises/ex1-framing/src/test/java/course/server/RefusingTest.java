package course.server;

import static course.server.Bytes.cut;
import static course.server.Bytes.frame;
import static course.server.Bytes.joined;
import static course.server.Bytes.length;
import static course.server.Bytes.part;
import static course.server.Bytes.payload;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;
import course.interleave.Interleavings;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Show;
import course.testkit.Story;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@ExerciseTests
class RefusingTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);
  private static final byte[] WORLD = "world".getBytes(US_ASCII);

  @Test
  @Rule(value = 8, points = 2)
  void a_length_above_the_limit_is_refused_before_memory_is_taken_for_it(Story story) {
    // The last two or three bytes of some of these alone would be a length that is allowed.
    for (int length : new int[] {Integer.MAX_VALUE, 8_193, 0x1_0005, 0x100_0005, 0x4000_0000}) {
      Client.connects(story).sends(length(length)).refuses();
    }
    Client.connects(story).sends(frame(new byte[8_193])).refuses();
    long before = allocated();
    Client.connects(story).sends(length(0x400_0000)).refuses(); // as much as there may well be
    long taken = allocated() - before;
    story.check(
        taken < 0x40_0000,
        "next() takes no memory for a length that it refuses",
        "it took %,d bytes of memory for a length of 67,108,864".formatted(taken));
    Client.connects(story).sends(length(8_192), payload(8_192)).returns(payload(8_192));
    for (int bit = 14; bit < 31; bit++) {
      Client.connects(story).sends(length((1 << bit) + 5)).refuses();
    }
    for (int at = 1; at < 4; at++) {
      Client.connects(story).sends(cut(frame(new byte[8_193]), at)).refuses();
      Client.connects(story).sends(cut(length(0x100_0005), at)).refuses();
    }
  }

  @Test
  @Rule(value = 9, points = 1)
  void a_negative_length_is_refused(Story story) {
    for (int length : new int[] {-1, -5, Integer.MIN_VALUE, Integer.MIN_VALUE + 5, -256}) {
      Client.connects(story).sends(length(length)).refuses();
      for (int at = 1; at < 4; at++) {
        Client.connects(story).sends(cut(length(length), at)).refuses();
      }
    }
  }

  @Test
  @Rule(value = 10, points = 1)
  void the_end_of_the_stream_between_two_frames_is_the_end(Story story) {
    Client.connects(story)
        .sends(frame(HELLO))
        .andCloses()
        .returns(HELLO)
        .returns(null)
        .returns(null);
    Client.connects(story).andCloses().returns(null).returns(null);
    Client.connects(story)
        .isSilent()
        .sends(frame(HELLO))
        .isSilent()
        .sends(frame(WORLD))
        .andCloses()
        .returns(HELLO)
        .returns(WORLD)
        .returns(null);
    Client one = Client.connects(story).sends(frame(HELLO)).returns(HELLO);
    Client.alsoConnects(story).andCloses().returns(null);
    one.sends(frame(WORLD)).returns(WORLD);
  }

  @Test
  @Rule(10)
  void a_client_that_is_silent_for_minutes_is_still_there(Story story) {
    story.explore(
        "A client sends 00 00 00 01 41 and closes its side, and is silent for 5 minutes before each"
            + " of that; the server calls next() twice",
        "next() returns 41, and then null",
        Interleavings.of(FrameReader.class).replay(""), // by the run's own clock
        run -> {
          var frames = new FrameReader(new Silent(new byte[] {0, 0, 0, 1, 0x41}));
          is(new byte[] {0x41}, frames.next());
          is(null, frames.next());
        });
  }

  private static void is(byte[] expected, byte[] seen) {
    if (!Arrays.equals(expected, seen)) {
      String what = seen == null ? "null" : Show.bytes(seen);
      throw new AssertionError("next() returned " + what);
    }
  }

  @Test
  @Rule(value = 11, points = 2)
  void the_end_of_the_stream_inside_a_frame_is_an_error(Story story) {
    byte[] frame = frame(HELLO);
    for (int sent = frame.length - 1; sent > 0; sent--) {
      Client.connects(story).sends(part(frame, 0, sent)).andCloses().refuses();
    }
    for (int sent = 1; sent < frame.length; sent++) {
      Client.connects(story)
          .sends(joined(frame, part(frame, 0, sent)))
          .andCloses()
          .returns(HELLO)
          .refuses();
      Client.connects(story).sends(cut(part(frame, 0, sent), 1)).andCloses().refuses();
    }
    byte[] longest = frame(payload(FrameReader.MAX_BYTES));
    Client.connects(story).sends(part(longest, 0, longest.length - 1)).andCloses().refuses();
  }

  @Test
  @Rule(11)
  void a_connection_that_breaks_is_an_error(Story story) {
    byte[] frame = frame(HELLO);
    for (int sent = 0; sent < frame.length; sent++) {
      for (IOException how : breaks()) {
        Client.connects(story)
            .sends(frame, part(frame, 0, sent))
            .andBreaks(how)
            .returns(HELLO)
            .refuses();
      }
      Client.connects(story).sends(part(frame, 0, sent)).andBreaks(breaks()[0]).refuses();
    }
  }

  /** Returns what a socket's stream throws. */
  private static IOException[] breaks() {
    return new IOException[] {
      new SocketException("Connection reset"),
      new SocketTimeoutException("Read timed out"),
      new IOException("Broken pipe")
    };
  }

  /** Returns how many bytes this thread has allocated so far. */
  private static long allocated() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
  }
}

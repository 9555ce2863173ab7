package course.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void lines_come_out_whole_when_the_stream_hands_over_one_byte_at_a_time() throws IOException {
    assertThat(lines(oneByOne("ab\n\ncd\r\ne"), 8)).containsExactly("ab", "", "cd", "e");
  }

  @Test
  void lines_come_out_singly_when_the_stream_hands_them_over_together() throws IOException {
    assertThat(lines(stream("a\n".repeat(10_000)), 8)).hasSize(10_000).containsOnly("a");
  }

  @Test
  void only_a_carriage_return_right_before_the_line_feed_is_dropped() throws IOException {
    assertThat(lines(stream("a\rb\r\nc\r"), 8)).containsExactly("a\rb", "c\r");
  }

  @Test
  void bytes_that_are_no_valid_text_are_kept_as_they_are() throws IOException {
    assertThat(lines(stream("\u00ff\u0000\u00c3\n"), 8)).containsExactly("\u00ff\u0000\u00c3");
  }

  @Test
  void a_line_of_exactly_the_limit_is_taken_with_either_ending() throws IOException {
    assertThat(lines(stream("12345678\r\n12345678\n12345678"), 8)).containsOnly("12345678");
  }

  @Test
  void a_line_one_byte_over_the_limit_is_refused() {
    for (var text : List.of("123456789\n", "123456789\r\n", "123456789")) {
      assertThatThrownBy(() -> lines(oneByOne(text), 8)).hasMessageContaining("longer than 8");
    }
  }

  @Test
  void a_stream_with_no_line_feed_is_given_up_at_the_limit_and_not_gathered_up() {
    var endless =
        new InputStream() {
          int given;

          @Override
          public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 'x');
            given += length;
            return length;
          }

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }
        };
    assertThatThrownBy(() -> lines(endless, 100)).isInstanceOf(IOException.class);
    assertThat(endless.given).isLessThan(20_000);
  }

  @Test
  void a_time_out_in_the_middle_of_a_line_loses_nothing() throws IOException {
    var in =
        new InputStream() {
          int reads;

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            if (reads++ == 1) {
              throw new SocketTimeoutException("in the middle");
            }
            bytes[offset] = (byte) (reads == 1 ? 'a' : reads == 3 ? 'b' : '\n');
            return 1;
          }

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }
        };
    var reader = new LineReader(in, 8);
    assertThatThrownBy(reader::read).isInstanceOf(SocketTimeoutException.class);
    assertThat(reader.read()).hasValue(new byte[] {'a', 'b'});
  }

  @Test
  void what_has_no_ending_is_the_rest_for_those_who_want_ended_lines_only() throws IOException {
    var reader = new LineReader(oneByOne("ab\r\ncd"), 8);
    assertThat(reader.readEnded()).hasValue(new byte[] {'a', 'b'});
    assertThat(reader.readEnded()).isEmpty();
    assertThat(reader.rest()).containsExactly('c', 'd');
  }

  private static List<String> lines(InputStream in, int limit) throws IOException {
    var reader = new LineReader(in, limit);
    var lines = new ArrayList<String>();
    for (var line = reader.read(); line.isPresent(); line = reader.read()) {
      lines.add(new String(line.get(), ISO_8859_1));
    }
    return lines;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  private static InputStream oneByOne(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(length, 1));
      }
    };
  }
}

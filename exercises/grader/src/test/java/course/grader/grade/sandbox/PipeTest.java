package course.grader.grade.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60) // bounds a hang
class PipeTest {
  private final Pipe pipe = new Pipe();
  private final InputStream in = pipe.in();

  @Test
  void what_was_written_is_read_in_order_then_comes_the_end() throws IOException {
    pipe.out().write("one".getBytes(UTF_8));
    pipe.out().write(' ');
    pipe.out().write("xtwo".getBytes(UTF_8), 1, 3);
    pipe.end();
    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("one two");
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void all_bytes_come_through_as_they_are() throws IOException {
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    pipe.out().write(all);
    pipe.end();
    for (int i = 0; i < all.length; i++) {
      assertThat(in.read()).isEqualTo(i);
    }
  }

  @Test
  void who_reads_for_too_long_is_told_and_can_go_on() throws IOException {
    pipe.readLimit(1);
    assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    pipe.out().write(7);
    assertThat(in.read()).isEqualTo(7);
  }

  /** Each byte comes when somebody waits for it, so no single read waits for long. */
  @Test
  void who_sends_a_byte_now_and_then_gains_no_time() throws Exception {
    var reads = new FutureTask<>(in::readAllBytes);
    pipe.readLimit(500);
    Thread reader = Thread.ofPlatform().start(reads);
    while (!reads.isDone()) {
      if (reader.getState() == Thread.State.TIMED_WAITING) {
        pipe.put(new byte[1]);
      }
      Thread.onSpinWait();
    }
    assertThatThrownBy(reads::get).hasCauseInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void who_waits_to_read_or_for_room_is_let_go_at_the_end() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reads = threads.submit(() -> in.read());
      pipe.end();
      assertThat(reads.get()).isEqualTo(-1);
      var full = new Pipe();
      var writes =
          threads.submit(() -> {
            try {
              while (true) {
                full.out().write(1);
              }
            } catch (IOException e) {
              return "told";
            }
          });
      full.in().read();
      full.end();
      assertThat(writes.get()).isEqualTo("told");
    }
  }

  @Test
  void nothing_can_be_written_after_the_end() throws IOException {
    pipe.end();
    assertThatThrownBy(() -> pipe.out().write(new byte[] {1, 2})).isInstanceOf(IOException.class);
  }
}

package course.grader.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import org.jline.utils.NonBlocking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // bounds a hang, of close too
class KeysTest {
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** What a terminal does when it is closed needs the lock that a read without a limit holds. */
  @Test
  void each_key_is_told_and_then_the_terminal_can_be_closed_while_no_key_comes() throws Exception {
    try (var typed = new PipedOutputStream();
        var input = NonBlocking.nonBlocking("terminal", new PipedInputStream(typed));
        var terminal = NonBlocking.nonBlocking("terminal", input, StandardCharsets.US_ASCII);
        var _ = new Keys(terminal, events::add)) {
      typed.write(new byte[] {'h', 'n'});
      typed.flush();
      assertThat(events.take()).isEqualTo(new Event.Key('h'));
      assertThat(events.take()).isEqualTo(new Event.Key('n'));
    }
  }
}

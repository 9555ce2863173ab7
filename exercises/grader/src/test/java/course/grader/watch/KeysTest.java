package course.grader.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // bounds a hang, of close too
class KeysTest {
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** What a terminal does when it is closed needs the lock that a read without a limit holds. */
  @Test
  void each_key_is_told_and_then_the_terminal_can_be_closed_while_no_key_comes() throws Exception {
    try (var typed = new PipedOutputStream();
        var input = NonBlocking.nonBlocking("terminal", new PipedInputStream(typed));
        var terminal = NonBlocking.nonBlocking("terminal", input, StandardCharsets.US_ASCII);
        var _ = new Keys(terminal, events::add, () -> 0)) {
      typed.write(new byte[] {'h', 'n'});
      typed.flush();
      assertThat(events.take()).isEqualTo(new Event.Key('h', 0));
      assertThat(events.take()).isEqualTo(new Event.Key('n', 0));
    }
  }

  /** A terminal with what was typed, and pauses. */
  private static final class Typed extends NonBlockingReader {
    private final Iterator<Integer> typed;

    Typed(Integer... typed) {
      this.typed = List.of(typed).iterator();
    }

    @Override
    protected int read(long timeout, boolean isPeek) {
      return typed.hasNext() ? typed.next() : EOF;
    }

    @Override
    public int readBuffered(char[] buffer, int offset, int length, long timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  void only_what_is_typed_after_a_pause_that_began_with_the_question_on_the_screen_answers_it()
      throws Exception {
    var questions = List.of(0, 7, 7, 7).iterator(); // as each read begins
    var terminal = new Typed((int) 'r', (int) 'r', NonBlockingReader.READ_EXPIRED, (int) 'x');
    try (var _ =
        new Keys(terminal, events::add, () -> questions.hasNext() ? questions.next() : 0)) {
      assertThat(events.take()).isEqualTo(new Event.Key('r', 0));
      assertThat(events.take()).isEqualTo(new Event.Key('r', 0));
      assertThat(events.take()).isEqualTo(new Event.Key('x', 7));
    }
  }

  /** JLine asks a terminal what it can, and takes what was typed ahead for the answer. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // a test can't be a terminal there
  void what_was_typed_before_the_terminal_is_opened_is_read() throws Exception {
    var keyboard = new PipedOutputStream();
    var typed = new PipedInputStream(keyboard);
    keyboard.write(new byte[] {'h', 'n'});
    var shown = new ByteArrayOutputStream();
    var builder =
        TerminalBuilder.builder().system(false).streams(typed, shown).type("xterm").name("test");
    try (Terminal terminal = Watch.open(builder);
        var _ = new Keys(terminal.reader(), events::add, () -> 0)) {
      assertThat(events.poll(30, TimeUnit.SECONDS)) // bounds a hang
          .as("a key that was typed before watch had the terminal")
          .isEqualTo(new Event.Key('h', 0));
      assertThat(events.poll(30, TimeUnit.SECONDS)) // bounds a hang
          .as("a key that was typed before watch had the terminal")
          .isEqualTo(new Event.Key('n', 0));
    }
    assertThat(shown.toString(StandardCharsets.US_ASCII)).doesNotContain("\33[");
  }
}

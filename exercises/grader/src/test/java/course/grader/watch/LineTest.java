package course.grader.watch;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.watch.Line.Look;
import org.junit.jupiter.api.Test;

/** What is shown of a text. */
class LineTest {
  @Test
  void what_code_wrote_is_shown_and_commands_no_terminal() {
    assertThat(Line.of("red \u001b[31m\r\n\tand \u009b2J \u202eback", Look.PLAIN))
        .extracting(Line::text)
        .containsExactly("red ␛[31m", "    and \ufffd2J \ufffdback");
  }
}

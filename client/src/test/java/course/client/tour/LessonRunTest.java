package course.client.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import course.client.observe.Timeline;
import course.client.observe.Timeline.Ending;
import course.client.observe.Timelines;
import course.client.observe.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With real processes; the time-out bounds a hang. */
@Timeout(60)
final class LessonRunTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @Test
  void the_servers_own_lines_tell_when_handling_began_and_by_how_many_handlers() throws Exception {
    var replies = new AtomicInteger();
    LessonRun run =
        LessonRun.of("three", server("handlers", LONG), 8, LONG, _ -> replies.incrementAndGet());
    assertThat(run.verdict().allWell()).isTrue();
    assertThat(replies).hasValue(8);
    assertThat(run.handlers()).isEqualTo(3);
    assertThat(run.messages())
        .hasSize(8)
        .allSatisfy(message ->
            assertThat(message.began().orElseThrow())
                .isBetween(Duration.ZERO, message.replied().orElseThrow()));
  }

  @Test
  void without_such_lines_only_the_replies_are_known() throws Exception {
    LessonRun run = run("quiet", LONG);
    assertThat(run.verdict().allWell()).isTrue();
    assertThat(run.handlingBegan()).isEmpty();
    assertThat(run.handlers()).isZero();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there, a process ends without last words")
  void what_the_server_prints_is_read_to_its_last_line() throws Exception {
    assertThat(run("last words", LONG).handlingBegan()).containsOnlyKeys(1);
  }

  @Test
  void output_that_is_no_line_does_not_stop_the_server() throws Exception {
    assertThat(run("long lines", LONG).verdict().allWell()).isTrue();
  }

  @Test
  void a_server_that_dies_in_the_middle_is_gone() throws Exception {
    LessonRun run = run("halt", LONG);
    assertThat(run.verdict().answered()).isEqualTo(3);
    assertThat(run.verdict().timeline().ending()).isEqualTo(Ending.GONE);
  }

  @Test
  void a_server_that_does_not_start_is_quoted_harmlessly() {
    assertThatThrownBy(() -> run("refuse", LONG))
        .isInstanceOf(IOException.class)
        .hasMessage("ended before it listened; it said: no room for \\u001b[31mme");
  }

  @Test
  void a_server_that_never_listens_is_given_up_and_ended() {
    assertThatThrownBy(() -> run("silent", Duration.ofMillis(50)))
        .isInstanceOf(IOException.class)
        .hasMessage("did not listen within 50 ms");
    assertThat(ProcessHandle.current().children())
        .as("processes that are left over")
        .noneMatch(p -> p.info().commandLine().orElse("").contains("ScriptedLesson"));
  }

  @Test
  void a_message_without_a_reply_and_what_a_server_printed_are_shown_as_they_are() {
    Timeline lost = Timelines.timeline(8, Timelines.handled(8, 1, () -> 1).replies().subList(0, 5));
    String html =
        TourPage.of(List.of(new LessonRun("<b>", Verdict.of(lost), Map.of(), 0)), "one & only");
    assertThat(html)
        .contains("&lt;b&gt;", "one &amp; only", "no reply", "messages lost")
        .doesNotContain("<b>");
  }

  private static LessonRun run(String behaviour, Duration patience) throws IOException {
    return LessonRun.of("test", server(behaviour, patience), 8, patience, _ -> {});
  }

  private static ServerProcess server(String behaviour, Duration patience) throws IOException {
    return ServerProcess.start(ScriptedLesson.command(behaviour), patience);
  }
}

package course.client.observe;

import static course.client.observe.Timelines.answer;
import static course.client.observe.Timelines.handled;
import static course.client.observe.Timelines.reply;
import static org.assertj.core.api.Assertions.assertThat;

import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerdictTest {
  private static final List<Reply> EIGHT = handled(8, 1, 1.0).replies();

  @Test
  void a_good_server_gets_its_pattern_its_order_and_no_complaint() {
    Verdict verdict = verdict(EIGHT, Ending.CLOSED);
    assertThat(verdict.allWell()).isTrue();
    assertThat(verdict.summary())
        .isEqualTo("one at a time: 8 messages of 1.00 s took 8.00 s; order kept");
    assertThat(verdict.complaints()).isEmpty();
  }

  @Test
  void each_pattern_has_its_words() {
    assertThat(Verdict.of(handled(8, 3, 1.0)).summary())
        .isEqualTo("3 at a time: 8 messages of 1.00 s took 3.00 s; order kept");
    assertThat(Verdict.of(handled(8, 8, 1.0)).summary())
        .isEqualTo("all at once: 8 messages took 1.00 s; order kept");
    assertThat(Verdict.of(handled(1, 1, 1.0)).summary())
        .startsWith("can't tell how many at a time: too few messages");
  }

  @Test
  void one_reply_that_overtook_another_means_order_not_kept() {
    var replies = new ArrayList<>(handled(8, 8, 1.0).replies());
    replies.add(2, replies.remove(3));
    assertThat(verdict(replies, Ending.CLOSED).summary()).endsWith("order not kept");
  }

  @Test
  void a_server_that_stays_connected_after_the_last_reply_is_fine() {
    assertThat(verdict(EIGHT, Ending.OPEN).allWell()).isTrue();
    assertThat(verdict(EIGHT, Ending.RESET).allWell()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GONE, 'server gone in the middle: it went away with 3 of 8 messages answered'",
    "RESET, 'connection reset by the server with 3 of 8 messages answered'",
    "CLOSED, 'messages lost: the server closed the connection with only 3 of 8 messages answered'",
    "OPEN, 'messages lost: 3 of 8 messages answered, then silence'",
  })
  void messages_without_a_reply_are_named_by_how_it_ended(Ending ending, String complaint) {
    Verdict verdict = verdict(EIGHT.subList(0, 3), ending);
    assertThat(verdict.allWell()).isFalse();
    assertThat(verdict.lost()).isEqualTo(5);
    assertThat(verdict.complaints()).containsExactly(complaint);
  }

  @Test
  void a_second_reply_to_a_message_is_wrong() {
    var replies = new ArrayList<>(EIGHT);
    replies.add(answer(5, 8.5));
    Verdict verdict = verdict(replies, Ending.CLOSED);
    assertThat(verdict.allWell()).isFalse();
    assertThat(verdict.repeated()).isEqualTo(1);
    assertThat(verdict.complaints()).singleElement().asString().startsWith("replies wrong");
  }

  @Test
  void a_reply_to_nothing_that_was_sent_is_wrong_and_shown_harmlessly() {
    var replies = new ArrayList<>(EIGHT);
    replies.add(0, reply(0, 0.1, "\u001b[2Jhello\u202e"));
    Verdict verdict = verdict(replies, Ending.CLOSED);
    assertThat(verdict.allWell()).isFalse();
    assertThat(verdict.summary()).startsWith("one at a time").endsWith("order kept");
    assertThat(verdict.complaints())
        .containsExactly(
            "replies wrong: 1 answered no message, the first was \"\\u001b[2Jhello\\u202e\"");
  }

  @Test
  void a_server_that_never_stops_is_not_well_even_if_all_were_answered() {
    Verdict verdict = verdict(EIGHT, Ending.FLOODED);
    assertThat(verdict.allWell()).isFalse();
    assertThat(verdict.complaints()).singleElement().asString().contains("stopped reading");
  }

  private static Verdict verdict(List<Reply> replies, Ending ending) {
    return Verdict.of(new Timeline(8, 0, replies, ending));
  }
}

package course.client.observe;

import static course.client.observe.Timelines.answer;
import static course.client.observe.Timelines.handled;
import static course.client.observe.Timelines.reply;
import static org.assertj.core.api.Assertions.assertThat;

import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
        .isEqualTo("3 at a time: 8 messages of 1.00 s took 3.00 s; order kept in 1 of 1");
    assertThat(Verdict.of(handled(8, 8, 1.0)).summary())
        .isEqualTo("all at once: 8 messages took 1.00 s; order kept in 1 of 1");
    assertThat(Verdict.of(handled(1, 1, 1.0)).summary())
        .startsWith("can't tell how many at a time: too few messages");
  }

  @Test
  void where_messages_are_handled_one_at_a_time_one_look_tells_the_order() {
    var replies = new ArrayList<>(EIGHT);
    assertThat(verdict(replies, Ending.CLOSED).order()).isEqualTo("kept");
    replies.set(2, answer(4, 3.0));
    replies.set(3, answer(3, 4.0)); // one overtook another
    assertThat(verdict(replies, Ending.CLOSED).order()).isEqualTo("not kept");
  }

  @Test
  void where_several_are_handled_at_once_the_order_is_counted_over_all_looks() {
    Timeline kept = handled(8, 8, 1.0);
    var replies = new ArrayList<>(kept.replies());
    replies.add(2, replies.remove(3));
    var notKept = new Timeline(8, 0, replies, Ending.CLOSED);
    assertThat(Verdict.of(kept).with(List.of(kept, kept)).order()).isEqualTo("kept in 3 of 3");
    assertThat(Verdict.of(kept).with(List.of(notKept, kept)).order()).isEqualTo("kept in 2 of 3");
    assertThat(Verdict.of(notKept).with(List.of(notKept, notKept)).summary())
        .isEqualTo("all at once: 8 messages took 1.00 s; order kept in 0 of 3");
    assertThat(Verdict.of(handled(8, 3, 1.0)).with(List.of(kept, kept)).order())
        .isEqualTo("kept in 3 of 3");
  }

  @Test
  void further_looks_are_wanted_where_the_order_may_vary_and_all_were_answered() {
    assertThat(Verdict.of(handled(8, 1, 1.0)).orderMayVary()).isFalse();
    assertThat(Verdict.of(handled(1, 1, 1.0)).orderMayVary()).as("one message").isFalse();
    assertThat(verdict(EIGHT.subList(0, 3), Ending.OPEN).orderMayVary()).as("lost").isFalse();
    assertThat(Verdict.of(handled(8, 3, 1.0)).orderMayVary()).isTrue();
    assertThat(Verdict.of(handled(8, 8, 1.0)).orderMayVary()).isTrue();
    assertThat(Verdict.of(handled(8, 8, 0.001)).orderMayVary()).as("too fast to tell").isTrue();
    assertThat(Verdict.of(handled(2, 2, 1.0)).orderMayVary()).as("too few to tell").isTrue();
  }

  @Test
  void what_goes_wrong_in_a_further_look_is_said_too() {
    Timeline well = handled(8, 8, 1.0);
    var lost = new Timeline(8, 0, well.replies().subList(0, 7), Ending.CLOSED);
    Verdict verdict = Verdict.of(well).with(List.of(well, lost));
    assertThat(verdict.allWell()).isFalse();
    assertThat(verdict.complaints())
        .containsExactly(
            "in look 3: messages lost: the server closed the connection with only 7 of 8 messages"
                + " answered");
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
            "replies wrong: 1 echoed no message, the first was \"\\u001b[2Jhello\\u202e\"; 8 of 8"
                + " messages answered");
  }

  @Test
  void a_wrong_reply_is_not_lost() {
    var replies = new ArrayList<>(EIGHT.subList(0, 6));
    replies.add(reply(0, 7.0, "7 OF 8"));
    replies.add(reply(0, 8.0, "8 OF 8"));
    assertThat(verdict(replies, Ending.CLOSED).lost()).isZero();
    assertThat(verdict(replies, Ending.CLOSED).complaints())
        .containsExactly(
            "replies wrong: 2 echoed no message, the first was \"7 OF 8\"; 6 of 8 messages"
                + " answered");
    assertThat(verdict(replies.subList(0, 7), Ending.CLOSED).complaints())
        .as("one reply is wrong, one is not there")
        .hasSize(2)
        .first()
        .asString()
        .startsWith("messages lost");
    assertThat(verdict(replies, Ending.CLOSED).allWell()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"CLOSED", "OPEN", "FLOODED"})
  void a_server_that_does_not_end_its_line_is_named_so_and_nothing_else(Ending ending) {
    var timeline = new Timeline(8, 0, List.of(), ending, "1 of 82 of 8\u0007", Duration.ZERO);
    assertThat(Verdict.of(timeline).allWell()).isFalse();
    assertThat(Verdict.of(timeline).complaints())
        .containsExactly(
            "no newline ends the last reply, \"1 of 82 of 8\\u0007\": 0 of 8 messages answered");
  }

  @Test
  void a_server_that_is_killed_in_the_middle_of_a_line_is_gone() {
    var timeline = new Timeline(8, 0, List.of(), Ending.GONE, "1 o", Duration.ZERO);
    assertThat(Verdict.of(timeline).complaints())
        .singleElement()
        .asString()
        .startsWith("server gone");
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

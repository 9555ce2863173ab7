package course.client.observe;

import static course.client.observe.Timelines.answer;
import static course.client.observe.Timelines.between;
import static course.client.observe.Timelines.handled;
import static course.client.observe.Timelines.measuredWith;
import static course.client.observe.Timelines.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import course.client.observe.Pattern.AllAtOnce;
import course.client.observe.Pattern.CannotTell;
import course.client.observe.Pattern.OneAtATime;
import course.client.observe.Pattern.SeveralAtATime;
import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PatternTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void replies_a_second_apart_are_one_at_a_time() {
    assertThat(of(handled(8, 1, 1.0))).isEqualTo(new OneAtATime(SECOND));
  }

  @Test
  void replies_together_after_the_time_of_one_are_all_at_once() {
    assertThat(of(handled(8, 8, 1.0))).isEqualTo(new AllAtOnce(SECOND));
  }

  @ParameterizedTest
  @CsvSource({"8,2", "8,3", "8,4", "8,5", "8,6", "8,7", "4,2", "4,3", "9,3", "100,7", "1000,999"})
  void waves_of_n_are_n_at_a_time_also_when_the_last_is_smaller(int messages, int atATime) {
    assertThat(of(handled(messages, atATime, 1.0))).isEqualTo(new SeveralAtATime(atATime, SECOND));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void noise_of_a_fifth_never_leads_to_a_wrong_name_and_rarely_to_none(int atATime) {
    var random = new Random(1);
    int named = 0;
    for (int i = 0; i < 1_000; i++) {
      Pattern pattern = of(measuredWith(random, 0.2, 8, atATime));
      if (!(pattern instanceof CannotTell)) {
        assertThat(handlersIn(pattern, 8)).as("run %d: %s", i, pattern).isEqualTo(atATime);
        named++;
      }
    }
    assertThat(named).as("how many of 1000 noisy timelines got a name").isGreaterThan(970);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 32})
  void work_that_varies_by_a_fifth_never_leads_to_a_wrong_name(int atATime) {
    var random = new Random(2);
    for (int i = 0; i < 1_000; i++) {
      Pattern pattern = of(handled(32, atATime, between(random, 0.8, 1.2)));
      if (!(pattern instanceof CannotTell)) {
        assertThat(handlersIn(pattern, 32)).as("run %d: %s", i, pattern).isEqualTo(atATime);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void random_work_gets_a_wrong_name_in_at_most_one_run_of_a_hundred(int atATime) {
    var random = new Random(3);
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      Pattern pattern = of(handled(8, atATime, between(random, 0, 2)));
      if (!(pattern instanceof CannotTell) && handlersIn(pattern, 8) != atATime) {
        wrong++;
      }
    }
    assertThat(wrong).as("wrong names in 20000 timelines with work of 0 to 2 s").isLessThan(200);
  }

  @Test
  void messages_that_overtake_each_other_in_exact_waves_are_still_three_at_a_time() {
    Timeline unfair =
        timeline(
            6,
            List.of(
                answer(2, 1),
                answer(6, 1),
                answer(3, 1),
                answer(1, 2),
                answer(5, 2),
                answer(4, 2)));
    assertThat(of(unfair)).isEqualTo(new SeveralAtATime(3, SECOND));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void too_few_messages_show_nothing(int messages) {
    assertThat(why(handled(messages, 1, 1.0))).contains("too few messages");
  }

  @Test
  void no_work_at_all_is_too_fast_to_tell() {
    assertThat(why(handled(8, 1, 0.0))).contains("too fast");
    assertThat(why(handled(8, 1, 0.001))).contains("too fast");
    assertThat(why(handled(8, 8, 0.015))).contains("too fast");
  }

  @Test
  void one_straggler_among_messages_handled_all_at_once_is_not_a_second_wave() {
    var replies = new ArrayList<>(handled(8, 8, 1.0).replies().subList(0, 7));
    replies.add(answer(8, 1.6));
    assertThat(why(timeline(8, replies))).contains("irregular");
  }

  @Test
  void waves_of_different_sizes_are_no_pattern() {
    Timeline growing =
        timeline(
            8,
            IntStream.rangeClosed(1, 8)
                .mapToObj(m -> answer(m, m <= 2 ? 1 : m <= 7 ? 2 : 3))
                .toList());
    assertThat(why(growing)).contains("different sizes: 2, 5, 1");
    Timeline larger =
        timeline(
            8,
            handled(8, 1, 1.0).replies().stream()
                .map(r -> answer(r.message(), r.message() <= 3 ? 1 : 2))
                .toList());
    assertThat(why(larger)).contains("different sizes: 3, 5");
  }

  @Test
  void a_lost_reply_leaves_the_pattern_open() {
    assertThat(why(timeline(8, handled(8, 1, 1.0).replies().subList(0, 7))))
        .contains("not every message");
    assertThat(why(timeline(8, List.of()))).contains("not every message");
  }

  @Test
  void second_replies_and_wrong_ones_do_not_change_the_pattern() {
    var replies = new ArrayList<>(handled(8, 1, 1.0).replies());
    replies.add(answer(3, 3.5));
    replies.add(answer(0, 5.2));
    assertThat(of(timeline(8, replies))).isEqualTo(new OneAtATime(SECOND));
  }

  @Test
  void replies_held_back_and_sent_together_are_not_all_at_once() {
    Timeline together = handled(8, 8, 8.0);
    assertThat(of(together)).isInstanceOf(AllAtOnce.class);
    assertThat(Pattern.of(together, Optional.of(SECOND)))
        .asInstanceOf(InstanceOfAssertFactories.type(CannotTell.class))
        .extracting(CannotTell::why)
        .asString()
        .contains("together after 8.00 s")
        .contains("single message takes 1.00 s");
    assertThat(Pattern.of(together, Optional.of(Duration.ofMillis(7_100))))
        .isInstanceOf(AllAtOnce.class);
  }

  @Test
  void irregular_times_are_told_without_blame_and_with_this_machines_own_delay() {
    Timeline regular = handled(8, 8, 1.0);
    var replies = new ArrayList<>(regular.replies().subList(0, 7));
    replies.add(answer(8, 1.6));
    assertThat(why(timeline(8, replies))).isEqualTo("the replies came at irregular times");
    assertThat(why(late(Duration.ofMillis(230), replies)))
        .isEqualTo(
            "the replies came at irregular times; meanwhile this machine itself was up to 230 ms"
                + " late");
    assertThat(why(late(Duration.ofMillis(3), replies))).doesNotContain("late");
    assertThat(of(late(Duration.ofMillis(230), regular.replies())))
        .as("what is regular all the same needs no excuse")
        .isInstanceOf(AllAtOnce.class);
  }

  private static Timeline late(Duration late, List<Reply> replies) {
    return new Timeline(8, 0, replies, Ending.CLOSED, "", late);
  }

  private static Pattern of(Timeline timeline) {
    return Pattern.of(timeline, Optional.empty());
  }

  private static String why(Timeline timeline) {
    Pattern pattern = of(timeline);
    assertThat(pattern).isInstanceOf(CannotTell.class);
    return ((CannotTell) pattern).why();
  }

  private static int handlersIn(Pattern pattern, int messages) {
    return switch (pattern) {
      case OneAtATime _ -> 1;
      case SeveralAtATime several -> several.atATime();
      case AllAtOnce _ -> messages;
      case CannotTell _ -> throw new AssertionError(pattern);
    };
  }
}

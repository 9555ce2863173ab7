package course.client.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveChartTest {
  private static final String UP_FOUR = "\u001b[4A\r\u001b[J";

  private final StringWriter out = new StringWriter();

  @Test
  void rows_are_printed_in_order_each_as_soon_as_it_can_be_told() {
    LiveChart chart = chart(4, UTF_8, false);
    chart.sent();
    assertThat(rows()).as("the title is there before the first reply").startsWith("title", "");
    assertThat(numbers()).isEmpty();
    chart.reply(Timelines.answer(2, 1));
    assertThat(numbers()).as("message 1 has no reply yet").isEmpty();
    chart.reply(Timelines.answer(1, 2));
    assertThat(numbers()).containsExactly("1", "2");
    chart.reply(Timelines.answer(4, 3));
    chart.reply(Timelines.answer(3, 4));
    assertThat(numbers()).containsExactly("1", "2", "3", "4");
    chart.ended("no reply");
    chart.finish(List.of("verdict"));
    assertThat(numbers()).containsExactly("1", "2", "3", "4");
    assertThat(rows()).endsWith("", "verdict");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_full_bar_is_the_time_that_all_would_take_one_at_a_time(boolean redraws) {
    LiveChart chart = chart(4, UTF_8, redraws);
    chart.sent();
    for (int message = 1; message <= 4; message++) {
      chart.reply(Timelines.answer(message, message <= 3 ? 1 : 2)); // three at a time
    }
    List<Integer> bars = rows().stream().skip(rows().size() - 4).map(LiveChartTest::bar).toList();
    assertThat(bars).containsExactly(15, 15, 15, 30); // of 60
  }

  @Test
  void where_it_can_be_drawn_over_all_rows_are_there_at_once_and_grow_a_common_scale() {
    LiveChart chart = chart(4, UTF_8, true);
    chart.sent();
    assertThat(numbers()).containsExactly("1", "2", "3", "4");
    chart.reply(Timelines.answer(2, 1));
    chart.reply(Timelines.answer(1, 8)); // twice as late as one at a time
    String[] drawings = out.toString().split(Pattern.quote(UP_FOUR), -1);
    assertThat(drawings).hasSize(3);
    assertThat(drawings[1].lines().map(LiveChartTest::bar)).containsExactly(0, 15, 0, 0);
    assertThat(drawings[2].lines().map(LiveChartTest::bar)).containsExactly(60, 8, 0, 0);
  }

  @Test
  void a_bar_that_outgrows_what_was_printed_for_good_is_cut_off_and_drawn_to_scale_at_the_end() {
    LiveChart chart = chart(2, UTF_8, false);
    chart.sent();
    chart.reply(Timelines.answer(1, 1));
    chart.reply(Timelines.answer(2, 4));
    assertThat(rows().getLast()).endsWith("█>  4.00 s");
    assertThat(bar(rows().getLast())).isEqualTo(60);
    chart.ended("no reply");
    List<String> last = rows().subList(rows().size() - 5, rows().size());
    assertThat(last).startsWith("The same to scale:", "", "message | sent to replied");
    assertThat(last.stream().map(LiveChartTest::bar)).endsWith(15, 60);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void after_ctrl_c_there_is_what_came_and_what_is_missing_and_nothing_after(boolean redraws) {
    LiveChart chart = chart(4, UTF_8, redraws);
    chart.sent();
    chart.reply(Timelines.answer(1, 1));
    chart.reply(Timelines.answer(3, 2));
    chart.stop();
    assertThat(screen())
        .satisfiesExactly(
            row -> assertThat(row).isEqualTo("title"),
            row -> assertThat(row).isEmpty(),
            row -> assertThat(row).isEqualTo("message | sent to replied"),
            row -> assertThat(row).endsWith("1.00 s"),
            row -> assertThat(row).endsWith("2 | no reply yet"),
            row -> assertThat(row).endsWith("2.00 s"),
            row -> assertThat(row).endsWith("4 | no reply yet"),
            row -> assertThat(row).isEmpty(),
            row -> assertThat(row).isEqualTo("stopped: 2 of 4 messages were answered"),
            row -> assertThat(row).isEmpty());
    int length = out.toString().length();
    chart.reply(Timelines.answer(2, 3));
    chart.finish(List.of("verdict"));
    chart.stop();
    assertThat(out.toString()).hasSize(length);
  }

  @Test
  void a_stop_before_anything_was_sent_says_nothing() {
    LiveChart chart = chart(4, UTF_8, false);
    chart.stop();
    chart.sent();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_note_is_seen_only_where_it_can_be_wiped_out() {
    chart(1, UTF_8, false).note("wait");
    assertThat(out.toString()).isEmpty();
    LiveChart chart = chart(1, UTF_8, true);
    chart.note("wait");
    assertThat(screen()).containsExactly("wait");
    chart.finish(List.of("verdict"));
    assertThat(screen()).containsExactly("", "verdict", "");
  }

  @Test
  void no_row_is_wider_than_80_columns_and_without_block_characters_there_is_ascii() {
    LiveChart chart = chart(1_000, US_ASCII, true); // too many rows to draw over
    chart.sent();
    Timelines.handled(1_000, 3, 600.0).replies().forEach(chart::reply);
    chart.reply(Timelines.answer(1, 1)); // a second one
    assertThat(numbers()).hasSize(1_000);
    assertThat(rows()).allMatch(row -> row.length() <= 80);
    assertThat(out.toString()).isASCII().doesNotContain("\u001b");
  }

  private LiveChart chart(int messages, Charset charset, boolean redraws) {
    return new LiveChart(new PrintWriter(out), charset, redraws, messages, "title");
  }

  private List<String> rows() {
    return out.toString().lines().toList();
  }

  /** What a terminal shows after what was printed. */
  private List<String> screen() {
    var lines = new ArrayList<>(List.of(new StringBuilder()));
    Matcher token =
        Pattern.compile("\u001b\\[(\\d*)([AJ])|\r(?!\n)|\r?\n|.").matcher(out.toString());
    int line = 0;
    while (token.find()) {
      switch (token.group()) {
        case "\r" -> {} // the next is "clear"
        case "\n", "\r\n" -> {
          if (++line == lines.size()) {
            lines.add(new StringBuilder());
          }
        }
        case String s when s.endsWith("A") && s.length() > 1 ->
            line -= Integer.parseInt(token.group(1));
        case "\u001b[J" -> {
          lines.subList(line, lines.size()).clear();
          lines.add(new StringBuilder());
        }
        default -> lines.get(line).append(token.group());
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }

  /** The numbers of the messages that have a row, in the order of the rows. */
  private List<String> numbers() {
    return rows().stream()
        .filter(row -> row.matches(" *\\d+ \\| .*"))
        .map(row -> row.replaceFirst(" *(\\d+) .*", "$1"))
        .toList();
  }

  private static int bar(String row) {
    return (int) row.chars().filter(c -> c == '█').count();
  }
}

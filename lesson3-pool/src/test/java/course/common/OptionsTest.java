package course.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static final String HELP =
      """
      Usage: program [OPTION]...
      It says --nothing  of use.
        --name somebody  who you are
        --times 3        how often
        --quiet          say nothing
      """;

  @Test
  void what_is_not_typed_has_the_value_that_help_shows() {
    var options = new Options(HELP);
    assertThat(options.text("--name")).isEqualTo("somebody");
    assertThat(options.number("--times", 1, 5)).isEqualTo(3);
    assertThat(options.given("--quiet")).isFalse();
  }

  @Test
  void what_is_typed_counts_and_the_last_one_of_two() {
    var options = new Options(HELP, "--quiet", "--times", "4", "--name=a=b", "--times=5");
    assertThat(options.text("--name")).isEqualTo("a=b");
    assertThat(options.number("--times", 1, 5)).isEqualTo(5);
    assertThat(options.given("--quiet")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nothing", "stray", "-q", "--quiet=yes", "--name", "--times 4 --name"})
  void anything_else_is_refused_with_its_name(String typed) {
    assertThatThrownBy(() -> new Options(HELP, typed.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(no such option: .+|--name needs a value)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "6", "-1", "many", "", "1.5", "9999999999", "99999999999999999999"})
  void a_number_out_of_bounds_is_refused_with_the_bounds(String text) {
    assertThatThrownBy(() -> new Options(HELP, "--times", text).number("--times", 1, 5))
        .hasMessage("--times takes a number from 1 to 5, not '" + text + "'");
  }
}

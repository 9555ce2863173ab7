package course.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Every number of every command has limits, which its help says and its converter holds. */
@Timeout(60)
class LimitsTest {
  private static final Pattern RANGE =
      Pattern.compile("([\\d.,]+)(ms|s|m|) to ([\\d.,]+)(ms|s|m|)\\b");

  private static Stream<CommandLine> commands() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    CommandLine main = Main.commandLine(InputStream.nullInputStream(), nowhere, nowhere);
    return Stream.concat(Stream.of(main), main.getSubcommands().values().stream());
  }

  private static List<OptionSpec> numbers(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> option.arity().max() > 0)
        .filter(option ->
            option.converters().length > 0
                || option.type().isPrimitive()
                || Number.class.isAssignableFrom(option.type()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_number_within_the_limits_that_help_names_is_taken_and_none_outside(CommandLine command) {
    for (OptionSpec option : numbers(command)) {
      String description = String.join(" ", option.description());
      Matcher range = RANGE.matcher(description);
      assertThat(range.find())
          .as("limits in the help of %s %s: '%s'", command.getCommandName(), option, description)
          .isTrue();
      var minimum = new BigDecimal(range.group(1).replace(",", ""));
      var maximum = new BigDecimal(range.group(3).replace(",", ""));
      String name = option.longestName() + "=";
      assertThat(refusal(command, name + minimum + range.group(2))).isEmpty();
      assertThat(refusal(command, name + maximum + range.group(4))).isEmpty();
      var refused = new ArrayList<>(List.of("", "x", "NaN", "99999999999999999999"));
      refused.add(minimum.subtract(BigDecimal.ONE) + range.group(2));
      refused.add(maximum.add(BigDecimal.ONE) + range.group(4));
      for (String value : refused) {
        assertThat(refusal(command, name + value))
            .as("%s %s%s", command.getCommandName(), name, value)
            .hasLineCount(1)
            .contains(option.longestName(), "'" + value + "'", range.group());
      }
    }
  }

  @Test
  void the_numbers_are_found() {
    assertThat(commands().mapToInt(command -> numbers(command).size()).sum()).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2s-1s", "1s-", "-1s", "1m", "0s-4000s", "4000s-5000s", "1", "0s-2s-3s"})
  void work_is_a_duration_or_a_range_of_them(String work) {
    var run = CommandLineRun.of("tour", "--work=" + work);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("--work", "'" + work + "'");
  }

  /** What is said on unusable options; empty if they can be used. Nothing is run. */
  private static String refusal(CommandLine command, String... args) {
    try {
      command.parseArgs(args);
      return "";
    } catch (ParameterException e) {
      return e.getMessage();
    }
  }
}

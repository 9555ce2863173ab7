package course.client;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How every command of this project writes a duration: {@code 250ms}, {@code 2s}, {@code 1m}; at
 * most an hour.
 */
public final class Durations implements ITypeConverter<Duration> {
  public static final String LIMITS = "0ms to 60m";

  private static final Duration MAXIMUM = Duration.ofMinutes(60);
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m)");

  /** Durations that must not be zero. */
  public static final class Positive implements ITypeConverter<Duration> {
    public static final String LIMITS = "1ms to 60m";

    @Override
    public Duration convert(String text) {
      return read(text).filter(Duration::isPositive).orElseThrow(() -> refused(text, LIMITS));
    }
  }

  /** How long a server works on a message: a duration, or a range such as {@code 0s-2s}. */
  public static final class Work implements ITypeConverter<String> {
    public static final String LIMITS = "0ms to 3600s, or a range such as 0s-2s";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}m?s)(?:-(\\d{1,9}m?s))?");

    @Override
    public String convert(String text) {
      Matcher parts = FORM.matcher(text);
      if (parts.matches()) {
        Optional<Duration> from = read(parts.group(1));
        Optional<Duration> to = parts.group(2) == null ? from : read(parts.group(2));
        if (from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) <= 0) {
          return text; // as it is: the servers read it themselves
        }
      }
      throw refused(text, LIMITS);
    }
  }

  /**
   * Reads a duration from the command line.
   *
   * @param text whole milliseconds, seconds or minutes, with the unit and no sign
   * @throws TypeConversionException if it is anything else, or longer than an hour
   */
  @Override
  public Duration convert(String text) {
    return read(text).orElseThrow(() -> refused(text, LIMITS));
  }

  private static Optional<Duration> read(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(parts.group(1));
    Duration duration =
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        };
    return Optional.of(duration).filter(d -> d.compareTo(MAXIMUM) <= 0);
  }

  private static TypeConversionException refused(String text, String limits) {
    return new TypeConversionException(
        "'%s' is not a duration like 250ms or 2s, from %s".formatted(text, limits));
  }
}

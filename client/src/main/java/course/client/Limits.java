package course.client;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The limits of the numbers on the command line. Each kind of number has a converter, which refuses
 * what is outside, and words for its option's description. {@link Durations} has those of times.
 */
public final class Limits {
  public static final String COUNT = "1 to 10,000";
  public static final String BURST = "1 to 1,000";
  public static final String ROUNDS = "1 to 100";
  public static final String SIZE = "12 to 8,192";
  public static final String PORT = "1 to 65535";
  public static final String RATE = "0.1 to 10,000,000";

  private Limits() {}

  /** Connections, clients, messages, handlers: a machine can have so many. */
  public static final class Count extends Whole {
    public Count() {
      super(1, 10_000, COUNT);
    }
  }

  /**
   * Messages in one write: as many as surely fit the sockets' buffers, as a server need not read
   * them all to reply.
   */
  public static final class Burst extends Whole {
    public static final int MAXIMUM = 1_000;

    public Burst() {
      super(1, MAXIMUM, BURST);
    }
  }

  /** How often something is done again. */
  public static final class Rounds extends Whole {
    public Rounds() {
      super(1, 100, ROUNDS);
    }
  }

  /** Bytes of a message under load: there must be room for what tells it from others. */
  public static final class Size extends Whole {
    public static final int MINIMUM = 12;

    public Size() {
      super(MINIMUM, LineConnection.MAX_MESSAGE_BYTES, SIZE);
    }
  }

  /** The port of a server that is to be reached. */
  public static final class Port extends Whole {
    public Port() {
      super(1, 65_535, PORT);
    }
  }

  /** Messages a second. */
  public static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return within(text, 0.1, 10_000_000, RATE);
    }
  }

  /** A whole number within limits. */
  abstract static class Whole implements ITypeConverter<Integer> {
    private final int minimum;
    private final int maximum;
    private final String words;

    Whole(int minimum, int maximum, String words) {
      this.minimum = minimum;
      this.maximum = maximum;
      this.words = words;
    }

    @Override
    public Integer convert(String text) {
      if (!text.matches("\\d+")) {
        throw outside(text, words);
      }
      return (int) within(text, minimum, maximum, words);
    }
  }

  private static double within(String text, double minimum, double maximum, String words) {
    try {
      double number = Double.parseDouble(text);
      if (number >= minimum && number <= maximum) { // false for "NaN" too
        return number;
      }
    } catch (NumberFormatException _) {
      // no number: it is not within either
    }
    throw outside(text, words);
  }

  private static TypeConversionException outside(String text, String words) {
    return new TypeConversionException(
        String.format(Locale.ROOT, "'%s' is not a number from %s", text, words));
  }
}

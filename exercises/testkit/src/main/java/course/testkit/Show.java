package course.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import course.interleave.Foreign;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Values as a student wants to read them. */
public final class Show {
  private static final int MOST = 12; // bytes in a line

  private Show() {}

  /** Returns bytes as text if they are letters and digits, and else as hexadecimal numbers. */
  public static String bytes(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    if (bytes.length > 0 && bytes.length <= 4 * MOST && text.matches("[ -~]*")) {
      return '"' + text + '"';
    }
    return bytes.length == 0 ? "0 bytes" : hex(bytes);
  }

  /** Returns bytes as hexadecimal numbers, the first few if they are many. */
  public static String hex(byte[] bytes) {
    var hex = new StringBuilder();
    for (byte b : Arrays.copyOf(bytes, Math.min(bytes.length, MOST))) {
      hex.append("%02x ".formatted(b));
    }
    String more = bytes.length > MOST ? "... (" + bytes.length + " bytes)" : "";
    return (hex + more).strip();
  }

  /** Returns a value as a student would write it. */
  static String value(Object value) {
    return value instanceof String text ? '"' + text + '"' : plain(value);
  }

  private static String plain(Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> bytes(bytes);
      case Object[] array -> Arrays.stream(array).map(Show::plain).toList().toString();
      case Record record -> record(record);
      default -> Foreign.words("toString", value::toString);
    };
  }

  private static String record(Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] parts = Values.parts(record);
    return IntStream.range(0, parts.length)
        .mapToObj(i -> components[i].getName() + "=" + plain(parts[i]))
        .collect(joining(", ", record.getClass().getSimpleName() + "[", "]"));
  }

  /** Returns what an exception is, and what it says. */
  public static String thrown(Throwable e) {
    return Foreign.thrown(e);
  }
}

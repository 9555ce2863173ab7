package course.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

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

  static String value(Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> bytes(bytes);
      case String text -> '"' + text + '"';
      case Object[] array -> Arrays.deepToString(array);
      default -> value.toString();
    };
  }

  static String thrown(Throwable e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }
}

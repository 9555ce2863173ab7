package course.grader.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;

/**
 * The text of a source file, whatever an editor or a tool has made of it. Immutable.
 *
 * @param text what the compiler gets: no byte order mark; empty if there is a fault
 * @param fault why it is no text, with file and line; empty if it is one
 * @param advice what should be mended though we can do without; empty if nothing
 */
public record SourceText(String text, String fault, String advice) {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] UTF_16_BIG = {(byte) 0xfe, (byte) 0xff};
  private static final byte[] UTF_16_LITTLE = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] CLASS = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe};

  /**
   * Reads the bytes of a file.
   *
   * @param file how the file is called in what is said
   */
  public static SourceText of(String file, byte[] bytes) {
    if (startsWith(bytes, CLASS)) {
      return faulty(file + ":1: this is a compiled class: put its source back");
    }
    if (startsWith(bytes, UTF_16_BIG) || startsWith(bytes, UTF_16_LITTLE)) {
      return faulty(file + ":1: this is UTF-16: save the file as UTF-8, in your editor");
    }
    boolean marked = startsWith(bytes, BYTE_ORDER_MARK);
    byte[] content =
        marked ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == 0) {
        return faulty(
            at(file, content, i)
                + "here is a NUL byte, which no text has:"
                + " delete it, or save the file as UTF-8 if it is UTF-16"
                + excerpt(content, i));
      }
    }
    CharsetDecoder decoder = UTF_8.newDecoder(); // reports what is no UTF-8, and stops there
    var in = ByteBuffer.wrap(content);
    var out = CharBuffer.allocate(content.length);
    if (decoder.decode(in, out, true).isError()) {
      int place = in.position();
      return faulty(
          at(file, content, place)
              + "the byte %02x is not UTF-8: save the file as UTF-8, in your editor"
                  .formatted(content[place])
              + excerpt(content, place));
    }
    return new SourceText(
        out.flip().toString(),
        "",
        marked
            ? file
                + ":1: begins with a byte order mark (BOM), which javac does not take:"
                + " save the file as UTF-8 without BOM, in your editor"
            : "");
  }

  private static SourceText faulty(String fault) {
    return new SourceText("", fault, "");
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static String at(String file, byte[] bytes, int place) {
    int line = 1;
    for (int i = 0; i < place; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return file + ":" + line + ": ";
  }

  /** The line with a caret under the byte, as javac shows it; other bytes that are no text: '?'. */
  private static String excerpt(byte[] bytes, int place) {
    int start = place;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    int end = place;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String before = shown(bytes, start, place);
    return "\n" + before + shown(bytes, place, end) + "\n" + before.replaceAll("[^\t]", " ") + "^";
  }

  private static String shown(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1)
        .replace("\r", "")
        .replaceAll("[^\\x20-\\x7e\\t]", "?");
  }
}

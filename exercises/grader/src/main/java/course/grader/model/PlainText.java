package course.grader.model;

import java.util.regex.Pattern;

/**
 * Makes text harmless that a student wrote, printed or is called: what would command a terminal, a
 * log or a reader's eye is shown instead of obeyed.
 */
public final class PlainText {
  private static final int PICTURES = 0x2400; // Unicode's pictures of the control characters
  private static final int DELETE = 0x7f;

  // Forges look past blanks, of any script, for what begins a line.
  private static final Pattern COMMAND =
      Pattern.compile("^([\\s\\p{Z}\\ufeff]*):(?=:)", Pattern.UNICODE_CHARACTER_CLASS);

  private PlainText() {}

  /** Returns text as a line for a terminal or the log of a build, whose forge obeys some lines. */
  public static String terminal(String text) {
    return COMMAND.matcher(line(text).replace("##", "# #")).replaceFirst("$1: ");
  }

  /** Returns text as one line; the ends of its lines are shown. */
  public static String line(String text) {
    return lines(text).replace('\n', (char) (PICTURES + '\n'));
  }

  /** Returns text without characters that command; ends of lines and tabs stay. */
  public static String lines(String text) {
    var plain = new StringBuilder(text.length());
    text.replace("\r\n", "\n").codePoints().map(PlainText::shown).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static int shown(int character) {
    if (character == '\n' || character == '\t') {
      return character;
    }
    if (character < ' ' || character == DELETE) {
      return PICTURES + (character == DELETE ? 0x21 : character);
    }
    return commands(character) ? 0xfffd : character;
  }

  private static boolean commands(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE, // half a character, which no file can hold
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // What turns the direction of writing makes one name look like another.
      default ->
          (character >= 0x202a && character <= 0x202e)
              || (character >= 0x2066 && character <= 0x2069)
              || (character & 0xfffe) == 0xfffe; // never a character: XML forbids the first two
    };
  }
}

package course.grader.watch;

/**
 * Asks before a student's work is put away. The answer is a word: no key that is pressed twice by
 * habit, and nothing that was typed before the question was seen, gives it. For the session's
 * thread, but for {@link #number}, which any thread may call.
 */
final class Question {
  private static final String WORD = "reset";

  static final String TEXT =
      "Put back what you started from? Your files are copied first. Type "
          + WORD
          + " and Enter; Enter alone keeps your work.";

  private static final char ESCAPE = '\33';

  /** What has become of the question. */
  enum Answer {
    OPEN,
    YES,
    NO
  }

  private final StringBuilder typed = new StringBuilder();
  private int asked;

  /** The question that is open; 0 if none is. Written by the session's thread only. */
  private volatile int number;

  int number() {
    return number;
  }

  boolean isOpen() {
    return number != 0;
  }

  /** To be called when the question can be read: what was typed until now is no answer. */
  void open() {
    typed.setLength(0);
    number = ++asked;
  }

  void close() {
    number = 0;
  }

  /** Takes a key; closes the question if the key does. */
  Answer take(Event.Key key) {
    if (key.question() != number) {
      return Answer.OPEN; // typed before the question was there
    }
    switch (key.key()) {
      case '\r', '\n' -> {
        close();
        return typed.toString().strip().equals(WORD) ? Answer.YES : Answer.NO;
      }
      case ESCAPE -> {
        close();
        return Answer.NO;
      }
      case '\b', '\177' -> typed.setLength(Math.max(0, typed.length() - 1));
      default -> typed.append(key.key());
    }
    return Answer.OPEN;
  }

  /** Returns the question, with what was typed so far. */
  String text() {
    return TEXT + "\n> " + typed;
  }
}

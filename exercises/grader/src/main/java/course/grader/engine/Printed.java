package course.grader.engine;

import java.nio.charset.StandardCharsets;

/** The beginning of what a student's code prints; the rest is read and dropped. Thread-safe. */
public final class Printed {
  private static final int MAXIMUM_BYTES = 16 * 1_024;

  private final StringBuilder text = new StringBuilder(); // guarded by this

  /** Adds the first {@code count} of some bytes. */
  public synchronized void add(byte[] bytes, int count) {
    int kept = Math.clamp(MAXIMUM_BYTES - text.length(), 0, count);
    text.append(new String(bytes, 0, kept, StandardCharsets.UTF_8));
  }

  /** Returns the text so far. */
  @Override
  public synchronized String toString() {
    return text.toString();
  }
}

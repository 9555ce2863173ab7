package course.client;

import java.io.Console;
import java.util.Locale;

/** Whether someone watches the output, and what can be done for them. */
public final class Terminal {
  private Terminal() {}

  /** Whether input and output are a terminal, and not a file or another program. */
  @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 have one always; 25 has null again
  public static boolean isThere() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Whether what was printed can be drawn over, with the control sequences of ECMA-48. The old
   * console of Windows would print them as they are: those that do better name themselves.
   */
  public static boolean redraws() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return isThere()
        && !"dumb".equals(System.getenv("TERM"))
        && (!windows
            || System.getenv("WT_SESSION") != null
            || System.getenv("TERM_PROGRAM") != null
            || System.getenv("TERM") != null);
  }
}

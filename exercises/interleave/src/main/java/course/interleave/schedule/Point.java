package course.interleave.schedule;

/**
 * A place in the code under test before an action by which threads meet.
 *
 * @param id its number, within one exploration; negative if it has no place
 * @param place the class (without its package) and the method
 * @param line the source line; 0 if not known
 * @param nth which of the points of that method on that line, from 1
 * @param action the kind of action
 * @param subject what it is done to, as a report says it, such as a field's name or {@code
 *     Lock.lock}; may be empty
 */
public record Point(int id, String place, int line, int nth, Action action, String subject) {
  /** Anywhere: no loop is a place of its own. */
  public static final Point LOOP = new Point(-1, "", 0, 1, Action.LOOP, "");

  /** Anywhere in code that is not under test. */
  public static final Point REACQUIRE = new Point(-2, "", 0, 1, Action.REACQUIRE, "");

  /** Anywhere: goes on when a time has come. */
  public static final Point RESUME = new Point(-3, "", 0, 1, Action.RESUME, "");

  /** Returns its name in a schedule, which stays the same as long as the code does. */
  public String key() {
    return (place + ":" + line + "." + nth).replace(' ', '_');
  }

  /** Returns whether it has no place in the code. */
  public boolean isAnywhere() {
    return action == Action.START || id < 0;
  }
}

package course.interleave;

/**
 * A place in the code under test before an action by which threads meet.
 *
 * @param id its number, within one exploration
 * @param place the class (without its package) and the method
 * @param line the source line; 0 if not known
 * @param nth which of the points of that method on that line, from 1
 * @param kind what kind of action
 * @param action the action, as in "about to ..."
 */
record Point(int id, String place, int line, int nth, Kind kind, String action) {
  enum Kind {
    START,
    READ,
    WRITE,
    VOLATILE_READ,
    MONITOR,
    /** A thread that was woken takes back the lock that it gave away to wait. */
    REACQUIRE,
    CALL,
    /** A call that changes a collection. */
    CHANGE,
    /** A call by which a thread says that it has nothing to do. */
    YIELD,
    /** A thread goes round in a loop, in which there are no points. */
    LOOP
  }

  /** Anywhere: no loop is a place of its own. */
  static final Point LOOP = new Point(-1, "", 0, 1, Kind.LOOP, "go round in a loop");

  /** Anywhere in code that is not under test. */
  static final Point REACQUIRE = new Point(-2, "", 0, 1, Kind.REACQUIRE, "take the lock back");

  /** Returns its name in a schedule, which stays the same as long as the code does. */
  String key() {
    return (place + ":" + line + "." + nth).replace(' ', '_');
  }

  /** Says where and what, for a report. */
  String describe() {
    return isAnywhere()
        ? "about to " + action
        : "at " + place + " (line " + line + "), about to " + action;
  }

  /** Says what and where, for a list of what a thread did. */
  String describeDone() {
    return isAnywhere() ? action : action + " (" + place + ", line " + line + ")";
  }

  /** Whether it has no place in the code. */
  boolean isAnywhere() {
    return kind == Kind.START || id < 0;
  }
}

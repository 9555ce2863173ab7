package course.interleave.turns;

/** Unwinds a thread of a run that is over; no failure. */
final class RunOver extends Error {
  private static final long serialVersionUID = 1;

  RunOver() {
    super("this run is over", null, false, false);
  }
}

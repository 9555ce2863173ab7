package course.interleave.turns;

/** Unwinds a thread of a run that is over; no failure. */
final class RunOver extends Error {
  private static final long serialVersionUID = 1;

  private final transient RunState run;

  RunOver(RunState run) {
    super("a run is over", null, false, false);
    this.run = run;
  }

  /** Returns whether it unwinds a thread of this run. Code under test may have kept another's. */
  static boolean unwinds(Throwable thrown, RunState run) {
    return thrown instanceof RunOver over && over.run == run;
  }
}

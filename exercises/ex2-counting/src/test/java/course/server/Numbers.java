package course.server;

import course.testkit.Story;
import java.util.Map;
import java.util.TreeMap;

/** The numbers of a snapshot, read as a caller reads them: what it says of itself is not asked. */
record Numbers(int replied, int inFlight, int mostInFlight, Map<Integer, Integer> byConnection) {

  static Numbers of(Totals totals) {
    return of(totals.snapshot());
  }

  static Numbers of(Totals.Snapshot snapshot) {
    return new Numbers(
        snapshot.replied(),
        snapshot.inFlight(),
        snapshot.mostInFlight(),
        new TreeMap<>(snapshot.byConnection()));
  }

  /** Fails unless they are these. */
  void are(int replied, int inFlight, int most, Map<Integer, Integer> each, Story story) {
    are("the snapshot", replied, inFlight, most, each, story);
  }

  /**
   * Fails unless they are these.
   *
   * @param which the snapshot that has them
   */
  void are(
      String which, int replied, int inFlight, int most, Map<Integer, Integer> each, Story story) {
    story.equal(which + " has", new Numbers(replied, inFlight, most, new TreeMap<>(each)), this);
  }

  @Override
  public String toString() {
    return "replied=%d, inFlight=%d, mostInFlight=%d, byConnection=%s"
        .formatted(replied, inFlight, mostInFlight, byConnection);
  }
}

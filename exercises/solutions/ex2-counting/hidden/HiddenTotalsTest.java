package course.server;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenTotalsTest {
  @Test
  @Rule(5)
  void the_most_in_flight_is_that_of_all_time(Story story) {
    var totals = new Totals();
    story.step("Three messages begin and are replied to; then one begins");
    for (int i = 0; i < 3; i++) {
      totals.begins();
    }
    for (int i = 0; i < 3; i++) {
      totals.replied(1);
    }
    totals.begins();
    story.equal("mostInFlight is", 3, totals.snapshot().mostInFlight());
  }

  @Test
  @Rule(6)
  void connections_are_counted_however_many_there_are(Story story) {
    var totals = new Totals();
    story.step("1,000 connections have two messages each, which begin and are replied to");
    var expected = new HashMap<Integer, Integer>();
    for (int connection = 1; connection <= 1_000; connection++) {
      for (int i = 0; i < 2; i++) {
        totals.begins();
        totals.replied(connection);
      }
      expected.put(connection, 2);
    }
    story.equal("byConnection is", expected, totals.snapshot().byConnection());
  }
}

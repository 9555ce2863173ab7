package course.server;

import course.interleave.Interleavings;
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

  @Test
  @Rule(2)
  void two_replies_of_interrupted_handlers_are_both_counted(Story story) {
    story.explore(
        "Two handlers reply at the same time, and both are interrupted",
        "2 messages are replied to, and 0 are in flight",
        Interleavings.of(Totals.class),
        run -> {
          var totals = new Totals();
          totals.begins();
          totals.begins();
          run.thread("handler 1", () -> repliesInterrupted(totals));
          run.thread("handler 2", () -> repliesInterrupted(totals));
          run.join();
          Numbers numbers = Numbers.of(totals);
          if (numbers.replied() != 2 || numbers.inFlight() != 0) {
            throw new AssertionError("the snapshot has " + numbers);
          }
        });
  }

  private static void repliesInterrupted(Totals totals) {
    Thread.currentThread().interrupt();
    totals.replied(1);
  }

  @Test
  @Rule(8)
  void a_snapshot_that_was_taken_meanwhile_does_not_change_any_more(Story story) {
    story.explore(
        "A handler replies, while another thread takes a snapshot and looks at it twice",
        "it sees the same numbers twice",
        Interleavings.of(Totals.class),
        run -> {
          var totals = new Totals();
          totals.begins();
          run.thread("handler", () -> totals.replied(1));
          run.thread(
              "reader",
              () -> {
                Totals.Snapshot snapshot = totals.snapshot();
                Numbers first = Numbers.of(snapshot);
                totals.snapshot();
                Numbers second = Numbers.of(snapshot);
                if (!first.equals(second)) {
                  throw new AssertionError("it had " + first + "\nand then " + second);
                }
              });
          run.join();
        });
  }
}

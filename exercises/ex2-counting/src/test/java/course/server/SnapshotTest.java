package course.server;

import static course.server.Orders.explore;
import static course.server.Orders.is;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a snapshot shows. */
@ExerciseTests
class SnapshotTest {
  @Test
  @Rule(value = 7, points = 3)
  void a_snapshot_shows_one_moment(Story story) {
    explore(
        story,
        "A handler begins and replies, while another thread takes a snapshot",
        "the snapshot fits together: the messages of each connection add up to all, and those in"
            + " flight were counted as in flight",
        run -> {
          var totals = new Totals();
          run.thread(
              "handler",
              () -> {
                totals.begins();
                totals.replied(1);
              });
          run.thread("reader", () -> fitsTogether(totals.snapshot()));
          run.join();
          is("replied, in a second snapshot after that,", 1, totals.snapshot().replied());
          is("inFlight, in a third snapshot,", 0, totals.snapshot().inFlight());
        });
  }

  @Test
  @Rule(7)
  void a_snapshot_shows_one_moment_of_two_connections(Story story) {
    explore(
        story,
        "5 messages have begun; one of connection 1 and one of connection 2 were replied to. A"
            + " handler replies to one more of 1, one of 2 and one of 1, while another thread takes"
            + " a snapshot",
        "the snapshot shows the totals before the handler's replies, after the first, the second or"
            + " the third",
        run -> {
          var totals = new Totals();
          for (int n = 1; n <= 5; n++) {
            totals.begins();
          }
          totals.replied(1);
          totals.replied(2);
          run.thread(
              "handler",
              () -> {
                totals.replied(1);
                totals.replied(2);
                totals.replied(1);
              });
          run.thread("reader", () -> isAMoment(totals.snapshot()));
          run.join();
        });
  }

  @Test
  @Rule(value = 8, points = 1)
  void a_snapshot_does_not_change_any_more(Story story) {
    var totals = new Totals();
    totals.begins();
    totals.replied(1);
    story.step("A message of connection 1 is replied to, and a snapshot is taken");
    Totals.Snapshot snapshot = totals.snapshot();
    story.step("A second message of connection 1 is replied to");
    totals.begins();
    totals.replied(1);
    Numbers.of(snapshot).are(1, 0, 1, Map.of(1, 1), story);
  }

  @Test
  @Rule(8)
  void no_snapshot_changes_when_the_next_is_taken(Story story) {
    var totals = new Totals();
    var snapshots = new ArrayList<Totals.Snapshot>();
    snapshots.add(totals.snapshot());
    int[] connections = {1, 2, 1, 2, 1};
    for (int connection : connections) {
      totals.begins();
      snapshots.add(totals.snapshot());
      totals.replied(connection);
      snapshots.add(totals.snapshot());
      snapshots.add(totals.snapshot());
    }
    story.step("Messages of connections 1, 2, 1, 2 and 1 begin and are replied to, one by one;");
    story.step("a snapshot is taken before, after each begin, and two after each reply");
    for (int looks = 0; looks < 2; looks++) {
      String which = "after that, the snapshot of before";
      Numbers.of(snapshots.get(0)).are(which, 0, 0, 0, Map.of(), story);
      var expected = new HashMap<Integer, Integer>();
      for (int n = 1; n <= connections.length; n++) {
        which = "after that, the snapshot taken at begin " + n;
        Numbers.of(snapshots.get(3 * n - 2)).are(which, n - 1, 1, 1, expected, story);
        expected.merge(connections[n - 1], 1, Integer::sum);
        which = "after that, the snapshot taken after reply " + n;
        Numbers.of(snapshots.get(3 * n - 1)).are(which, n, 0, 1, expected, story);
        Numbers.of(snapshots.get(3 * n)).are(which, n, 0, 1, expected, story);
      }
    }
  }

  /** The handler replied to connection 1, 2 and 1 again, in this order. */
  private static void isAMoment(Totals.Snapshot snapshot) {
    Numbers numbers = Numbers.of(snapshot);
    List<Map<Integer, Integer>> moments =
        List.of(Map.of(1, 1, 2, 1), Map.of(1, 2, 2, 1), Map.of(1, 2, 2, 2), Map.of(1, 3, 2, 2));
    int after = moments.indexOf(numbers.byConnection());
    if (after < 0
        || numbers.replied() != 2 + after
        || numbers.inFlight() != 3 - after
        || numbers.mostInFlight() != 5) {
      throw new AssertionError("this is no moment that there was:\n" + numbers);
    }
  }

  /** One message was begun, and then replied to: any moment of that, but no mixture of two. */
  private static void fitsTogether(Totals.Snapshot snapshot) {
    Numbers numbers = Numbers.of(snapshot);
    int sum = numbers.byConnection().values().stream().mapToInt(Integer::intValue).sum();
    int begun = numbers.replied() + numbers.inFlight();
    if (sum != numbers.replied() || begun != numbers.mostInFlight() || begun > 1) {
      throw new AssertionError("this is no moment that there was:\n" + numbers);
    }
  }
}

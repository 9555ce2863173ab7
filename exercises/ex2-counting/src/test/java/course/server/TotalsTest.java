package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ExerciseTests
class TotalsTest {
  @Test
  @Rule(value = 1, points = 1)
  void messages_one_after_another_are_counted(Story story) {
    var totals = new Totals();
    story.step("A message of connection 1 begins and is replied to");
    totals.begins();
    totals.replied(1);
    story.step("Two messages of connection 2 begin, and one of them is replied to");
    totals.begins();
    totals.begins();
    totals.replied(2);
    Numbers.of(totals).are(2, 1, 2, Map.of(1, 1, 2, 1), story);
    story.step("1,000 messages of connection 3 begin, and all are replied to");
    for (int i = 0; i < 1_000; i++) {
      totals.begins();
    }
    for (int i = 0; i < 1_000; i++) {
      totals.replied(3);
    }
    Numbers.of(totals).are(1_002, 1, 1_001, Map.of(1, 1, 2, 1, 3, 1_000), story);
  }

  @Test
  @Rule(1)
  void a_message_is_counted_on_an_interrupted_thread_too(Story story) {
    var totals = new Totals();
    Thread.currentThread().interrupt();
    story.step(
        "On an interrupted thread, two messages of connection 1 begin, and one is replied to");
    totals.begins();
    totals.begins();
    totals.replied(1);
    Numbers numbers = Numbers.of(totals);
    boolean interrupted = Thread.interrupted();
    numbers.are(1, 1, 2, Map.of(1, 1), story);
    story.check(interrupted, "the thread is still interrupted", "it is not interrupted any more");
  }

  @Test
  @Rule(value = 2, points = 2)
  void two_replies_at_the_same_time_are_both_counted(Story story) {
    explore(
        story,
        "Two handlers reply at the same time, on two connections",
        "2 messages are replied to, 0 are in flight",
        run -> {
          var totals = new Totals();
          totals.begins();
          totals.begins();
          run.thread("handler 1", () -> totals.replied(1));
          run.thread("handler 2", () -> totals.replied(2));
          run.join();
          is("replied", 2, totals.snapshot().replied());
          is("inFlight", 0, totals.snapshot().inFlight());
        });
  }

  @Test
  @Rule(value = 3, points = 2)
  void two_messages_that_begin_at_the_same_time_are_both_in_flight(Story story) {
    explore(
        story,
        "Two handlers begin at the same time",
        "2 messages are in flight",
        run -> {
          var totals = new Totals();
          run.thread("handler 1", totals::begins);
          run.thread("handler 2", totals::begins);
          run.join();
          is("inFlight", 2, totals.snapshot().inFlight());
        });
  }

  @Test
  @Rule(value = 4, points = 2)
  void a_message_that_begins_while_another_is_replied_to_is_in_flight(Story story) {
    explore(
        story,
        "One handler replies, while another begins",
        "1 message is in flight",
        run -> {
          var totals = new Totals();
          totals.begins();
          run.thread("handler 1", () -> totals.replied(1));
          run.thread("handler 2", totals::begins);
          run.join();
          is("inFlight", 1, totals.snapshot().inFlight());
        });
  }

  @Test
  @Rule(value = 5, points = 2)
  void the_most_in_flight_never_forgets_a_higher_number(Story story) {
    explore(
        story,
        "Three handlers begin at the same time",
        "the most in flight at once is 3",
        run -> {
          var totals = new Totals();
          run.thread("handler 1", totals::begins);
          run.thread("handler 2", totals::begins);
          run.thread("handler 3", totals::begins);
          run.join();
          is("mostInFlight", 3, totals.snapshot().mostInFlight());
        });
  }

  @Test
  @Rule(value = 6, points = 2)
  void two_replies_on_one_connection_are_both_counted_for_it(Story story) {
    // A large number: small ones are the same object each time that they are boxed.
    explore(
        story,
        "Two handlers reply at the same time, on connection 1,000",
        "2 messages of connection 1,000 are replied to",
        run -> {
          var totals = new Totals();
          totals.begins();
          totals.begins();
          run.thread("handler 1", () -> totals.replied(1_000));
          run.thread("handler 2", () -> totals.replied(1_000));
          run.join();
          is("byConnection of 1,000", 2, totals.snapshot().byConnection().get(1_000));
        });
  }

  @Test
  @Rule(6)
  void two_replies_on_two_connections_are_each_counted_for_its_own(Story story) {
    explore(
        story,
        "Two handlers reply at the same time, on connections 1,000 and 2,000",
        "1 message of each is replied to",
        run -> {
          var totals = new Totals();
          totals.begins();
          totals.begins();
          run.thread("handler 1", () -> totals.replied(1_000));
          run.thread("handler 2", () -> totals.replied(2_000));
          run.join();
          Map<Integer, Integer> each = totals.snapshot().byConnection();
          is("byConnection of 1,000", 1, each.get(1_000));
          is("byConnection of 2,000", 1, each.get(2_000));
        });
  }

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
    for (int connection : new int[] {1, 2, 1}) {
      totals.begins();
      snapshots.add(totals.snapshot());
      totals.replied(connection);
      snapshots.add(totals.snapshot());
      snapshots.add(totals.snapshot());
    }
    story.step("Messages of connections 1, 2 and 1 begin and are replied to, one by one;");
    story.step("a snapshot is taken before, after each begin, and two after each reply");
    for (int looks = 0; looks < 2; looks++) {
      String which = "after that, the snapshot of before";
      Numbers.of(snapshots.get(0)).are(which, 0, 0, 0, Map.of(), story);
      var expected = new HashMap<Integer, Integer>();
      for (int n = 1; n <= 3; n++) {
        which = "after that, the snapshot taken at begin " + n;
        Numbers.of(snapshots.get(3 * n - 2)).are(which, n - 1, 1, 1, expected, story);
        expected.merge(n == 2 ? 2 : 1, 1, Integer::sum);
        which = "after that, the snapshot taken after reply " + n;
        Numbers.of(snapshots.get(3 * n - 1)).are(which, n, 0, 1, expected, story);
        Numbers.of(snapshots.get(3 * n)).are(which, n, 0, 1, expected, story);
      }
    }
  }

  private static void explore(Story story, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, Interleavings.of(Totals.class).randomOrders(100), scenario);
  }

  private static void is(String name, int expected, Integer seen) {
    if (seen == null || seen != expected) {
      throw new AssertionError(name + " is " + seen + ", not " + expected);
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

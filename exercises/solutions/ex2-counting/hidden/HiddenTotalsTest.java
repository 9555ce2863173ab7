package course.server;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenTotalsTest {
  private static final int APART = 6_400; // ends alike as a binary and as a decimal number

  @Test
  @Rule(5)
  void the_most_in_flight_is_that_of_all_time(Story story) {
    var totals = new Totals();
    int inFlight = 0;
    int most = 0;
    for (int up = 3; up <= 363; up += 40) { // past each number that somebody may take for large
      story.step("%d messages begin, one by one, and are replied to".formatted(up));
      for (int i = 0; i < up; i++) {
        totals.begins();
        most = Math.max(most, ++inFlight);
        story.equal("mostInFlight is", most, totals.snapshot().mostInFlight());
      }
      for (int i = 0; i < up; i++) {
        totals.replied(1);
        inFlight--;
      }
      story.equal("mostInFlight is", most, totals.snapshot().mostInFlight());
    }
  }

  @Test
  @Rule(3)
  void messages_that_begin_while_many_others_do_are_in_flight(Story story) {
    story.explore(
        "Three handlers begin with 4 messages each, at the same time",
        "12 messages are in flight",
        Orders.TOTALS,
        run -> {
          var totals = new Totals();
          for (int n = 1; n <= 3; n++) {
            run.thread(
                "handler " + n,
                () -> {
                  for (int i = 0; i < 4; i++) {
                    totals.begins();
                  }
                });
          }
          run.join();
          Numbers numbers = Numbers.of(totals);
          if (numbers.inFlight() != 12 || numbers.mostInFlight() != 12) {
            throw new AssertionError("the snapshot has " + numbers);
          }
        });
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
  @Rule(6)
  void the_count_of_a_connection_is_exact_while_a_new_one_comes(Story story) {
    for (int other : new int[] {1, 500}) {
      story.explore(
          "Connection 1 has had a reply. A handler replies on connection %d, while another replies"
                  .formatted(other)
              + " on connection 1,000",
          "all three are counted",
          Orders.TOTALS,
          run -> {
            var totals = new Totals();
            for (int n = 1; n <= 3; n++) {
              totals.begins();
            }
            totals.replied(1);
            run.thread("handler 1", () -> totals.replied(other));
            run.thread("handler 2", () -> totals.replied(1_000));
            run.join();
            Map<Integer, Integer> each =
                other == 1 ? Map.of(1, 2, 1_000, 1) : Map.of(1, 1, other, 1, 1_000, 1);
            has(totals, List.of(new Numbers(3, 0, 3, each)));
          });
    }
  }

  /** Fails unless the next snapshot has some of these numbers. */
  private static void has(Totals totals, List<Numbers> some) {
    Numbers numbers = Numbers.of(totals);
    if (!some.contains(numbers)) {
      throw new AssertionError("the snapshot has " + numbers);
    }
  }

  @Test
  @Rule(7)
  void two_snapshots_at_the_same_time_show_one_moment_each(Story story) {
    for (int replies = 0; replies <= 1; replies++) {
      boolean replied = replies == 1;
      story.explore(
          "2 messages have begun, and one was replied to. Two threads take a snapshot at the same"
              + " time"
              + (replied ? ", while a handler replies to the other message" : ""),
          "both show one moment, and so does a snapshot after that",
          Orders.TOTALS,
          run -> {
            var before = new Numbers(1, 1, 2, Map.of(1, 1));
            var after = new Numbers(2, 0, 2, Map.of(1, 1, 2, 1));
            List<Numbers> seen = replied ? List.of(before, after) : List.of(before);
            var totals = new Totals();
            totals.begins();
            totals.begins();
            totals.replied(1);
            run.thread("reader 1", () -> has(totals, seen));
            run.thread("reader 2", () -> has(totals, seen));
            if (replied) {
              run.thread("handler", () -> totals.replied(2));
            }
            run.join();
            has(totals, List.of(seen.getLast()));
          });
    }
  }

  @Test
  @Rule(2)
  void two_replies_of_interrupted_handlers_are_both_counted(Story story) {
    story.explore(
        "Two handlers reply at the same time, and both are interrupted",
        "2 messages are replied to, and 0 are in flight",
        Orders.TOTALS,
        run -> {
          var totals = new Totals();
          totals.begins();
          totals.begins();
          run.thread("handler 1", () -> repliesInterrupted(totals));
          run.thread("handler 2", () -> repliesInterrupted(totals));
          run.join();
          twoAreRepliedTo(totals);
        });
  }

  @Test
  @Rule(1)
  void a_handler_that_is_interrupted_while_others_count_stays_interrupted(Story story) {
    story.explore(
        "Two messages begin and are replied to at the same time; both handlers are interrupted",
        "both handlers are still interrupted",
        Orders.TOTALS,
        run -> {
          var totals = new Totals();
          for (int n = 1; n <= 2; n++) {
            run.thread(
                "handler " + n,
                () -> {
                  Thread.currentThread().interrupt();
                  totals.begins();
                  staysInterrupted("begins()");
                  totals.replied(1);
                  staysInterrupted("replied(1)");
                });
          }
          run.join();
        });
  }

  private static void staysInterrupted(String call) {
    if (!Thread.currentThread().isInterrupted()) {
      throw new AssertionError("after " + call + " its thread is not interrupted any more");
    }
  }

  @Test
  @Rule(2)
  void two_threads_of_one_name_are_both_counted(Story story) {
    story.explore(
        "Two handlers, whose threads have the same name, reply at the same time",
        "2 messages are replied to, and 0 are in flight",
        Orders.TOTALS,
        run -> {
          var totals = new Totals();
          totals.begins();
          totals.begins();
          run.thread("handler", () -> totals.replied(1));
          run.thread("handler", () -> totals.replied(1));
          run.join();
          twoAreRepliedTo(totals);
        });
  }

  /** A part of an id chooses what the thread counts in, perhaps. */
  @Test
  @Rule(2)
  void who_has_an_id_like_another_is_counted(Story story) {
    story.explore(
        "Two handlers reply at the same time, on threads whose ids are %,d apart".formatted(APART),
        "2 messages are replied to, and 0 are in flight",
        Orders.TOTALS,
        run -> {
          var totals = new Totals();
          totals.begins();
          totals.begins();
          Thread first = run.thread("handler 1", () -> totals.replied(1));
          useUpIds(first.threadId() + APART - 1);
          run.thread("handler 2", () -> totals.replied(1));
          run.join();
          twoAreRepliedTo(totals);
        });
  }

  /** Makes threads until one has this id or a later one; they never start. */
  private static void useUpIds(long last) {
    while (new Thread().threadId() < last) {
      // the next thread has the next id
    }
  }

  private static void twoAreRepliedTo(Totals totals) {
    Numbers numbers = Numbers.of(totals);
    if (numbers.replied() != 2 || numbers.inFlight() != 0) {
      throw new AssertionError("the snapshot has " + numbers);
    }
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
        Orders.TOTALS,
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

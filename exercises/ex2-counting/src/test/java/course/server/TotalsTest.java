package course.server;

import static course.server.Orders.explore;
import static course.server.Orders.is;

import course.interleave.Run;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ExerciseTests
class TotalsTest {
  /** More than anybody would give cells of their own. */
  private static final int MANY = 70;

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
    story.step("70,000 messages of connection 3 begin, and all are replied to");
    for (int i = 0; i < 70_000; i++) {
      totals.begins();
    }
    for (int i = 0; i < 70_000; i++) {
      totals.replied(3);
    }
    story.step("70,000 messages of connection 3 begin and are replied to, one by one");
    for (int i = 0; i < 70_000; i++) {
      totals.begins();
      totals.replied(3);
    }
    Numbers.of(totals).are(140_002, 1, 70_001, Map.of(1, 1, 2, 1, 3, 140_000), story);
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
  @Rule(1)
  void two_totals_know_nothing_of_each_other(Story story) {
    var one = new Totals();
    var other = new Totals();
    story.step("There are two Totals. For the first one, a message of connection 1 begins");
    one.begins();
    story.step("For the second one, two messages of connection 2 begin, and one is replied to");
    other.begins();
    other.begins();
    other.replied(2);
    Numbers.of(one).are("a snapshot of the first", 0, 1, 1, Map.of(), story);
    Numbers.of(other).are("a snapshot of the second", 1, 1, 2, Map.of(2, 1), story);
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
    explore(
        story,
        "Three handlers reply at the same time",
        "3 messages are replied to, 0 are in flight",
        run -> {
          var totals = new Totals();
          repliedByThree(totals, 1, run);
          is("replied", 3, totals.snapshot().replied());
          is("inFlight", 0, totals.snapshot().inFlight());
        });
  }

  /** Each of three handlers replies so many times, on connection 1,000. */
  private static void repliedByThree(Totals totals, int times, Run run)
      throws InterruptedException {
    for (int n = 1; n <= 3 * times; n++) {
      totals.begins();
    }
    for (int n = 1; n <= 3; n++) {
      run.thread(
          "handler " + n,
          () -> {
            for (int i = 0; i < times; i++) {
              totals.replied(1_000);
            }
          });
    }
    run.join();
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
    story.explore(
        MANY + " handlers begin at the same time",
        MANY + " messages are in flight",
        Orders.TOTALS.arrivals(1).randomOrders(0),
        run -> {
          var totals = new Totals();
          for (int n = 1; n <= MANY; n++) {
            run.thread("handler " + n, totals::begins);
          }
          run.join();
          is("inFlight", MANY, totals.snapshot().inFlight());
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
    explore(
        story,
        "A handler begins and replies; meanwhile two messages begin, and then both are replied to",
        "the most in flight at once is 2 or 3",
        run -> {
          var totals = new Totals();
          run.thread(
              "handler",
              () -> {
                totals.begins();
                totals.replied(1);
              });
          run.thread(
              "two others",
              () -> {
                totals.begins();
                totals.begins();
                totals.replied(2);
                totals.replied(2);
              });
          run.join();
          int most = totals.snapshot().mostInFlight();
          if (most < 2 || most > 3) {
            throw new AssertionError("mostInFlight is " + most + ", not 2 or 3");
          }
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
    explore(
        story,
        "Three handlers reply at the same time, two times each, on connection 1,000",
        "6 messages of connection 1,000 are replied to",
        run -> {
          var totals = new Totals();
          repliedByThree(totals, 2, run);
          is("byConnection of 1,000", 6, totals.snapshot().byConnection().get(1_000));
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
}

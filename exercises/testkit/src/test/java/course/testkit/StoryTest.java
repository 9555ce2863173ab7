package course.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import course.interleave.Interleavings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What becomes of a test of an exercise, and what its failure has to say. */
@Timeout(value = 60) // bounds a hang
class StoryTest {
  /** Tests as an exercise has them; they run only when a test below asks for it. */
  @ExerciseTests
  static class Samples {
    private int count;

    @Test
    @Rule(value = 1, points = 1)
    void all_is_well(Story story) {
      story.step("Nothing is done");
      story.equal("it is", 1, 1);
    }

    @Test
    @Rule(value = 2, points = 1)
    void a_number_is_right(Story story) throws InterruptedException {
      story.step("A handler counts");
      Thread handler =
          Thread.ofPlatform().name("handler 1").start(() -> story.step("It counts to 1"));
      handler.join();
      story.equal("the count is", 2, 1);
    }

    @Test
    @Rule(2)
    void another_number_is_right(Story story) {
      story.equal("the count is", 3, 2);
    }

    @Test
    @Rule(value = 3, points = 1)
    void what_is_caught_counts(Story story) {
      try {
        throw story.seen("the first thing that went wrong");
      } catch (AssertionError e) {
        story.step("The code catches what the test throws through it");
      }
      story.equal("it is", 1, 2);
    }

    @Test
    @Rule(value = 4, points = 1)
    void it_refuses(Story story) {
      story.refuses("close() is called", "it throws", IOException.class, () -> "done");
    }

    @Test
    @Rule(value = 5, points = 1)
    void it_takes_little_memory(Story story) {
      story.step(
          "It reads",
          () -> {
            throw new OutOfMemoryError("Java heap space");
          });
    }

    @Test
    @Rule(5)
    void its_class_can_be_used(Story story) {
      story.step("It reads", () -> Unusable.number);
    }

    @Test
    @Rule(value = 6, points = 1)
    void it_ends(Story story) throws InterruptedException {
      story.await("the handler ends", new CountDownLatch(1));
    }

    @Test
    @Rule(value = 7, points = 1)
    void two_count(Story story) {
      story.step("What went well before");
      story.explore(
          "Two handlers count",
          "they come to 2",
          Interleavings.of(Samples.class),
          run -> {
            count = 0;
            run.thread("handler 1", () -> count++);
            run.thread("handler 2", () -> count++);
            run.join();
            if (count != 2) {
              throw new AssertionError("the count is " + count);
            }
          });
    }
  }

  private static Optional<Throwable> run(String test) throws ReflectiveOperationException {
    var ended = new TestExecutionResult[1];
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    selectMethod(Samples.class, Samples.class.getDeclaredMethod(test, Story.class)))
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier id, TestExecutionResult result) {
                if (id.isTest()) {
                  ended[0] = result;
                }
              }
            });
    return ended[0].getThrowable();
  }

  private static StoryError fails(String test) throws ReflectiveOperationException {
    return (StoryError) run(test).orElseThrow();
  }

  @Test
  void a_test_that_sees_what_it_expects_passes() throws Exception {
    assertThat(run("all_is_well")).isEmpty();
  }

  @Test
  void a_failure_has_its_steps_what_was_expected_and_seen_and_the_rule() throws Exception {
    StoryError error = fails("a_number_is_right");
    assertThat(error.end()).isEqualTo(StoryError.End.FAILED);
    assertThat(error.failure().done())
        .containsExactly("A handler counts", "[handler 1] It counts to 1");
    assertThat(error.failure().expected()).isEqualTo("the count is 2");
    assertThat(error.failure().seen()).isEqualTo("the count is 1");
    assertThat(error.failure().order()).isEmpty();
    assertThat(error.failure().rule()).isEqualTo("rule 2 of README.md: a number is right");
    assertThat(error).hasMessage(error.failure().text());
  }

  @Test
  void a_second_test_of_a_rule_names_the_rule_as_the_one_that_has_its_points() throws Exception {
    assertThat(fails("another_number_is_right").failure().rule())
        .isEqualTo("rule 2 of README.md: a number is right");
  }

  @Test
  void what_was_seen_first_is_told_though_the_code_has_caught_it() throws Exception {
    assertThat(fails("what_is_caught_counts").failure().seen())
        .isEqualTo("the first thing that went wrong");
  }

  @Test
  void a_call_that_must_refuse_and_returns_is_told_with_what_it_returned() throws Exception {
    assertThat(fails("it_refuses").failure().seen()).isEqualTo("it returned \"done\"");
  }

  @Test
  void code_that_takes_all_memory_is_told_from_other_failures() throws Exception {
    StoryError error = fails("it_takes_little_memory");
    assertThat(error.end()).isEqualTo(StoryError.End.OUT_OF_MEMORY);
    assertThat(error.failure().seen()).startsWith("it threw OutOfMemoryError: Java heap space");
  }

  static class Unusable {
    static int number = Integer.parseInt("none");
  }

  @Test
  void a_class_that_cannot_be_used_is_told_with_the_cause() throws Exception {
    assertThat(fails("its_class_can_be_used").failure().seen())
        .startsWith(
            "it threw ExceptionInInitializerError, caused by NumberFormatException:"
                + " For input string: \"none\"");
  }

  @Test
  void a_test_that_does_not_end_is_told_against_what_it_waits_for() throws Exception {
    StoryError error = fails("it_ends");
    assertThat(error.end()).isEqualTo(StoryError.End.HUNG);
    assertThat(error.failure().expected()).isEqualTo("the handler ends");
    assertThat(error.failure().seen()).startsWith("after 8 seconds it has not ended");
  }

  @Test
  void an_order_of_steps_is_a_part_of_its_own_and_the_steps_before_are_forgotten()
      throws Exception {
    StoryError error = fails("two_count");
    assertThat(error.failure().done()).containsExactly("Two handlers count");
    assertThat(error.failure().seen()).endsWith("the count is 1");
    assertThat(error.failure().order()).contains("handler 1", "handler 2", "count");
  }

  @Test
  void an_exploration_that_time_cuts_short_has_not_passed() {
    var story = new Story(new OwnCode(StoryTest.class), "rule 1", Duration.ofNanos(1));
    assertThatThrownBy(() ->
            story.explore(
                "Two handlers count",
                "nothing goes wrong",
                Interleavings.of(Samples.class),
                run -> {
                  var samples = new Samples();
                  run.thread("handler 1", () -> samples.count++);
                  run.thread("handler 2", () -> samples.count++);
                  run.join();
                }))
        .isInstanceOfSatisfying(
            StoryError.class,
            error -> {
              assertThat(error.end()).isEqualTo(StoryError.End.HUNG);
              assertThat(error.failure().seen())
                  .matches("there was time for \\d of \\d+ orders .*");
            });
    assertThat(story.failure()).as("whoever catches it").isNotNull();
  }

  static class Lengthy {
    private int count;

    /** What stands in a finally is compiled twice: with its marks this has more than 64 KB. */
    void count() {
      try {
        count++;
      } finally {
        try {
          count++;
        } finally {
          try {
            count++;
          } finally {
            try {
              count++;
            } finally {
              try {
                count++;
              } finally {
                try {
                  count++;
                } finally {
                  try {
                    count++;
                  } finally {
                    try {
                      count++;
                    } finally {
                      try {
                        count++;
                      } finally {
                        count += count * count + count * count + count * count;
                        count += count * count + count * count + count * count;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  @Test
  void code_in_which_no_thread_can_be_held_has_not_passed() {
    var story = new Story(new OwnCode(StoryTest.class), "rule 1", Duration.ofSeconds(30));
    assertThatThrownBy(() ->
            story.explore(
                "A handler counts",
                "nothing goes wrong",
                Interleavings.of(Samples.class, Lengthy.class),
                run -> {
                  var lengthy = new Lengthy();
                  lengthy.count();
                  new Samples().count = lengthy.count;
                }))
        .isInstanceOfSatisfying(
            StoryError.class,
            error ->
                assertThat(error.failure().seen())
                    .startsWith("the tester can hold no thread in some of this code")
                    .contains("count is too long"));
  }
}

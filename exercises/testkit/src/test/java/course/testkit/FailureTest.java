package course.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a student reads of a failure. */
class FailureTest {
  @Test
  void all_parts_are_told_and_what_goes_on_in_a_next_line_is_moved_in() {
    var failure =
        new Failure(
            List.of("A message comes\nfrom connection 1", "It is handled"),
            "one reply",
            "none\n  at Server.run (Server.java:7)",
            "",
            "rule 3 of README.md: each message is answered");
    assertThat(failure.text())
        .isEqualTo(
            """
            What was done
              1. A message comes
                 from connection 1
              2. It is handled
            Expected: one reply
            Seen:     none
                        at Server.run (Server.java:7)
            Broken:   rule 3 of README.md: each message is answered\
            """);
  }

  @Test
  void the_order_of_steps_follows_what_was_seen_in_it() {
    var failure = new Failure(List.of(), "two", "one", "\nIt happened so:\n  1. a\n\n", "rule 1");
    assertThat(failure.text())
        .isEqualTo(
            """
            What was done
                 nothing yet
            Expected: two
            Seen:     one

                      It happened so:
                        1. a


            Broken:   rule 1\
            """);
  }

  @Test
  void where_no_test_has_told_more_it_is_what_was_seen() {
    assertThat(Failure.of("the JVM ended").text()).isEqualTo("the JVM ended");
    assertThat(Failure.NONE.text()).isEmpty();
  }
}

package course.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StacksTest {
  private static final String WAITS =
      " waits (ConditionObject)\n  at Story.await (Story.java:7)\nlikewise ";

  @Test
  void a_thousand_threads_in_the_same_place_are_told_once() {
    assertThat(where(IntStream.rangeClosed(1, 1_001).mapToObj(_ -> "").toList()))
        .isEqualTo(":\na thread with no name" + WAITS + "1,000 other threads");
  }

  @Test
  void of_a_few_threads_in_the_same_place_each_is_named() {
    assertThat(where(List.of("handler 1", "handler 2", "")))
        .isEqualTo(
            ":\na thread with no name" + WAITS + "thread \"handler 1\", thread \"handler 2\"");
  }

  private static String where(List<String> names) {
    var dump = new ArrayList<String>();
    for (String name : names) {
      dump.addAll(
          """
          #30 "%s" virtual WAITING 2026-01-01T00:00:00Z
              at java.base/java.lang.VirtualThread.park(VirtualThread.java:1)
              - parking to wait for <java.util.concurrent.locks.Some$ConditionObject@1>
              at course.testkit.Story.await(Story.java:7)
          """
              .formatted(name)
              .lines()
              .toList());
    }
    return Stacks.where(new OwnCode(StacksTest.class), dump);
  }
}

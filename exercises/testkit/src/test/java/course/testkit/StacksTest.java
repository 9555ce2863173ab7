package course.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StacksTest {
  private static final String WAITS =
      " waits in ArrayBlockingQueue.take\n  at Story.await (Story.java:7)\nlikewise ";

  @Test
  void a_thousand_threads_in_the_same_place_are_told_once() {
    assertThat(waiting(IntStream.rangeClosed(1, 1_001).mapToObj(_ -> "").toList()))
        .isEqualTo(":\na thread with no name" + WAITS + "1,000 other threads");
  }

  @Test
  void of_a_few_threads_in_the_same_place_each_is_named() {
    assertThat(waiting(List.of("handler 1", "handler 2", "")))
        .isEqualTo(
            ":\na thread with no name" + WAITS + "thread \"handler 1\", thread \"handler 2\"");
  }

  private static String waiting(List<String> names) {
    var dump = new ArrayList<String>();
    for (String name : names) {
      dump.addAll(
          """
          #30 "%s" virtual WAITING 2026-01-01T00:00:00Z
              at java.base/java.lang.VirtualThread.park(VirtualThread.java:1)
              - parking to wait for <java.util.concurrent.locks.Some$ConditionObject@1>
              at java.base/java.util.concurrent.ArrayBlockingQueue.take(ArrayBlockingQueue.java:1)
              at course.testkit.Story.await(Story.java:7)
          """
              .formatted(name)
              .lines()
              .toList());
    }
    return where(dump);
  }

  @Test
  void who_does_not_wait_for_another_is_told_by_what_it_calls() {
    String accepts =
        """
        #31 "acceptor" RUNNABLE 2026-01-01T00:00:00Z
            at java.base/sun.nio.ch.Net.accept(Native Method)
            at java.base/java.net.ServerSocket.accept(ServerSocket.java:1)
            at course.interleave.marks.Marks.call(Marks.java:1)
            at course.testkit.Story.step(Story.java:2)
            at java.base/java.lang.Thread.run(Thread.java:1)
        """;
    String runs =
        """
        #32 "handler" RUNNABLE 2026-01-01T00:00:00Z
            at course.testkit.Story.step(Story.java:3)
        """;
    assertThat(where((accepts + runs).lines().toList()))
        .isEqualTo(
            """
            :
            thread "acceptor" is in ServerSocket.accept
              at Story.step (Story.java:2)
            thread "handler" runs
              at Story.step (Story.java:3)\
            """);
  }

  @Test
  void who_waits_is_told_the_same_whether_the_dump_knows_what_for_or_not() {
    String known =
        """
        #33 "closer" WAITING 2026-01-01T00:00:00Z
            at java.base/java.lang.Object.wait0(Native Method)
            - waiting on <course.testkit.Story@1>
            at java.base/java.lang.Object.wait(Object.java:1)
            at course.testkit.Story.await(Story.java:4)
        """;
    String unknown = known.replaceFirst("\\s+- waiting on .*", "");
    assertThat(where(known.lines().toList()))
        .isEqualTo(where(unknown.lines().toList()))
        .isEqualTo(":\nthread \"closer\" waits in Object.wait\n  at Story.await (Story.java:4)");
  }

  @Test
  void a_thread_of_an_earlier_test_is_told_only_if_there_is_no_other() {
    String old =
        """
        #7 "handler" RUNNABLE 2026-01-01T00:00:00Z
            at course.testkit.Story.step(Story.java:3)
        """;
    String ofThisTest = old.replace("#7", "#30").replace("handler", "handler 2");
    assertThat(where((old + ofThisTest).lines().toList()))
        .isEqualTo(":\nthread \"handler 2\" runs\n  at Story.step (Story.java:3)");
    assertThat(where(old.lines().toList()))
        .isEqualTo(":\nthread \"handler\" runs\n  at Story.step (Story.java:3)");
  }

  @Test
  void a_name_that_looks_like_a_thread_of_the_dump_does_no_harm() {
    String dump =
        """
        #30 "x
        #99999999999999999999 "y" RUNNABLE 2026-01-01T00:00:00Z" RUNNABLE 2026-01-01T00:00:00Z
            at course.testkit.Story.step(Story.java:3)
        """;
    assertThat(where(dump.lines().toList())).isEqualTo(", and no thread is in your code");
  }

  private static String where(List<String> dump) {
    return Stacks.where(new OwnCode(StacksTest.class), 30, dump);
  }
}

package course.interleave;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code under test that gives no answer holds up nobody: a report does without. */
@Timeout(60) // bounds a hang
class SilentTest {
  private static String never() {
    var never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // It is deaf, too.
      }
    }
  }

  static class Box {
    private int value;

    int fails() {
      if (value == 0) {
        throw new Silent();
      }
      return value;
    }
  }

  @SuppressWarnings("serial")
  static class Silent extends RuntimeException {
    @Override
    public String getMessage() {
      return never();
    }
  }

  @Test
  void an_exception_that_does_not_say_what_it_is() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> Interleavings.of(Box.class).explore(run -> new Box().fails()))
        .withMessageContaining("scenario failed: Silent: (getMessage() does not return)");
  }

  @SuppressWarnings("serial")
  static class Mute extends ReentrantLock {
    @Override
    public String toString() {
      return never();
    }

    @Override
    public boolean isHeldByCurrentThread() {
      return never().isEmpty();
    }
  }

  /** Two locks, taken in two orders. */
  static class Pair {
    private final ReentrantLock one = new Mute();
    private final ReentrantLock other = new Mute();

    void there() {
      both(one, other);
    }

    void back() {
      both(other, one);
    }

    @SuppressWarnings("LockNotBeforeTry") // nothing happens in between
    private static void both(ReentrantLock first, ReentrantLock second) {
      first.lock();
      second.lock();
      second.unlock();
      first.unlock();
    }
  }

  @Test
  void a_lock_that_does_not_say_who_holds_it() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Pair.class, Mute.class)
                .explore(run -> {
                  var pair = new Pair();
                  run.thread("goes there", pair::there);
                  run.thread("comes back", pair::back);
                }))
        .withMessageContaining("stuck: every thread waits");
  }

  static class Named {
    void waitsForIt() throws InterruptedException {
      Thread.ofVirtual().name("one\nat two\r\n3").start(this::waits).join();
    }

    private void waits() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // It is over.
      }
    }
  }

  @Test
  void a_name_of_several_lines_is_told_in_one() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> Interleavings.of(Named.class).explore(run -> new Named().waitsForIt()))
        .withMessageContaining("\"one at two 3\"")
        .withMessageNotContaining("\nat two");
  }
}

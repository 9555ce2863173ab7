package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads in one collection or the like are a bug, unless something keeps them apart. */
@Timeout(60) // bounds a hang
class CollectionsTest {
  /** A buffer of the code that makes it, or of all threads. */
  static class Encoder {
    private final ByteBuffer shared = ByteBuffer.allocate(8);

    int encode(int number) {
      return encode(number, ByteBuffer.allocate(8));
    }

    int encodeInShared(int number) {
      return encode(number, shared);
    }

    private static int encode(int number, ByteBuffer buffer) {
      buffer.clear();
      buffer.putInt(number);
      return buffer.flip().getInt();
    }
  }

  @Test
  void two_in_a_buffer_are_found() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Encoder.class)
                .explore(run -> {
                  var encoder = new Encoder();
                  run.thread("a", () -> assertThat(encoder.encodeInShared(1)).isEqualTo(1));
                  run.thread("b", () -> assertThat(encoder.encodeInShared(2)).isEqualTo(2));
                  run.join();
                }))
        .withMessageContaining("two threads are in the same HeapByteBuffer at once");
  }

  @Test
  void each_thread_may_have_a_buffer_of_its_own() {
    Exploration exploration =
        Interleavings.of(Encoder.class)
            .explore(run -> {
              var encoder = new Encoder();
              run.thread("a", () -> assertThat(encoder.encode(1)).isEqualTo(1));
              run.thread("b", () -> assertThat(encoder.encode(2)).isEqualTo(2));
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  /** Its queue is also the monitor that guards it. */
  static class Mailbox {
    private final Deque<String> letters = new ArrayDeque<>();

    void put(String letter) {
      synchronized (letters) {
        letters.addLast(letter);
        letters.notifyAll();
      }
    }

    void putUnguarded(String letter) {
      letters.addLast(letter);
    }

    String take() throws InterruptedException {
      synchronized (letters) {
        while (letters.isEmpty()) {
          letters.wait();
        }
        return letters.removeFirst();
      }
    }
  }

  @Test
  void a_collection_may_be_its_own_monitor() {
    Exploration exploration =
        Interleavings.of(Mailbox.class)
            .explore(run -> {
              var mailbox = new Mailbox();
              run.thread("takes", mailbox::take);
              run.thread("takes too", mailbox::take);
              run.thread(
                  "puts",
                  () -> {
                    mailbox.put("a");
                    mailbox.put("b");
                  });
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void two_in_a_collection_that_nothing_guards_are_found() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Mailbox.class)
                .explore(run -> {
                  var mailbox = new Mailbox();
                  run.thread("puts", () -> mailbox.putUnguarded("a"));
                  run.thread("puts too", () -> mailbox.putUnguarded("b"));
                  run.join();
                }))
        .withMessageContaining("two threads are in the same ArrayDeque at once");
  }

  /** Has something to do that is due. */
  static class Agenda {
    private final DelayQueue<Due> queue = new DelayQueue<>();

    private record Due() implements Delayed {
      @Override
      public long getDelay(TimeUnit unit) {
        return 0;
      }

      @Override
      public int compareTo(Delayed other) {
        return 0;
      }
    }

    boolean addAndTake() throws InterruptedException {
      return queue.offer(new Due(), 1, TimeUnit.SECONDS) && queue.poll(1, TimeUnit.SECONDS) != null;
    }
  }

  @Test
  void a_queue_of_what_has_its_time_may_be_used() {
    Interleavings.of(Agenda.class)
        .replay("")
        .explore(run -> assertThat(new Agenda().addAndTake()).isTrue());
  }
}

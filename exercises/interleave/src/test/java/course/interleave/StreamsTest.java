package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream reads its collection when its last operation is called, and not when it is made. */
@Timeout(60) // bounds a hang
class StreamsTest {
  static class Names {
    private final List<String> list = new ArrayList<>(List.of("a", "b"));
    private final Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
    private final List<String> shared = Collections.synchronizedList(new ArrayList<>(list));
    private final List<String> copied = new CopiedForStreams();

    Object use(String how) {
      return switch (how) {
        case "add" -> {
          synchronized (this) {
            yield list.add("c");
          }
        }
        case "read under the lock" -> {
          Stream<String> names = list.stream().map(String::strip);
          synchronized (this) {
            yield names.toList();
          }
        }
        case "read behind the lock" -> {
          Stream<String> names;
          synchronized (this) {
            names = list.stream().map(String::strip);
          }
          yield names.toList();
        }
        case "count behind the lock" -> {
          Stream<String> names;
          synchronized (this) {
            names = list.stream();
          }
          yield names.count();
        }
        case "read in parallel" -> list.stream().parallel().toList();
        case "put" -> map.merge("b", 2, Integer::sum);
        case "read the keys" -> map.keySet().stream().sorted().toList();
        case "add to the shared" -> shared.add("c");
        case "read the shared" -> shared.stream().toList();
        case "add to the copied" -> copied.add("c");
        case "read the copied" -> copied.stream().toList();
        default -> throw new IllegalArgumentException(how);
      };
    }
  }

  @SuppressWarnings("serial") // nobody writes it
  static class CopiedForStreams extends ArrayList<String> {
    @Override
    public synchronized boolean add(String name) {
      return super.add(name);
    }

    @Override
    public synchronized Stream<String> stream() {
      return List.copyOf(this).stream();
    }
  }

  private static Exploration explore(String one, String other) {
    return Interleavings.of(Names.class, CopiedForStreams.class)
        .randomOrders(20)
        .explore(run -> {
          var names = new Names();
          run.thread("one", () -> assertThat(names.use(one)).isNotNull());
          run.thread("other", () -> assertThat(names.use(other)).isNotNull());
          run.join();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"read behind the lock", "count behind the lock", "read in parallel"})
  void nobody_may_add_to_a_list_while_a_stream_reads_it(String use) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> explore(use, "add"))
        .withMessageStartingWith("two threads are in the same ArrayList at once")
        .withMessageContaining("call List.stream, and read it");
  }

  @Test
  void nor_to_a_map_while_a_stream_reads_its_keys() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> explore("read the keys", "put"))
        .withMessageStartingWith("two threads are in the same HashMap at once");
  }

  @Test
  void a_stream_of_a_synchronised_list_reads_without_its_lock() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> explore("read the shared", "add to the shared"))
        .withMessageContaining("ConcurrentModificationException");
  }

  @Test
  void a_stream_may_be_made_before_the_lock() {
    assertThat(explore("read under the lock", "add").complete()).isTrue();
  }

  @Test
  void a_class_may_make_its_stream_safe() {
    assertThat(explore("read the copied", "add to the copied").complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read behind the lock", "read in parallel", "read the shared"})
  void two_threads_may_read(String use) {
    assertThat(explore(use, use).complete()).isTrue();
  }
}

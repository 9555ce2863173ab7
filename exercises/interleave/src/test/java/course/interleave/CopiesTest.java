package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that is given a collection reads it, or changes it: that is a use like any other. */
@Timeout(60) // bounds a hang
class CopiesTest {
  static class Names {
    final List<String> list = new ArrayList<>(List.of("b", "a"));
    final Map<String, Integer> map = new HashMap<>(Map.of("a", 1));

    void add(String what) {
      switch (what) {
        case "list" -> list.add("x");
        case "map" -> map.put("x", 2);
        default -> {}
      }
    }

    Collection<?> use(String how) {
      return switch (how) {
        case "new ArrayList" -> new ArrayList<>(list);
        case "new ArrayDeque" -> new ArrayDeque<>(list);
        case "a class that extends ArrayList" -> new Copy(list);
        case "List.copyOf" -> List.copyOf(list);
        case "addAll" -> {
          List<String> own = new ArrayList<>();
          own.addAll(list);
          yield own;
        }
        case "Collections.sort" -> {
          Collections.sort(list);
          yield list;
        }
        case "Collections.addAll" -> {
          Collections.addAll(list, "y");
          yield list;
        }
        case "Collections.max" -> List.of(Collections.max(list));
        case "String.join" -> List.of(String.join(",", list));
        case "drainTo" -> {
          var queue = new ArrayBlockingQueue<>(1, false, List.of("y"));
          queue.drainTo(list);
          yield queue;
        }
        case "a view" -> List.of(Collections.unmodifiableList(list));
        case "new HashMap" -> new HashMap<>(map).keySet();
        case "Map.copyOf" -> Map.copyOf(map).keySet();
        case "putAll" -> {
          var own = new HashMap<String, Integer>();
          own.putAll(map);
          yield own.keySet();
        }
        default -> throw new IllegalArgumentException(how);
      };
    }
  }

  @SuppressWarnings("serial") // nobody writes it
  static class Copy extends ArrayList<String> {
    Copy(List<String> from) {
      super(from);
    }
  }

  private static Exploration explore(String one, String other, String added) {
    return Interleavings.of(Names.class, Copy.class)
        .randomOrders(20)
        .explore(run -> {
          var names = new Names();
          run.thread("one", () -> assertThat(names.use(one)).isNotNull());
          run.thread(
              "other",
              () -> {
                if (other.isEmpty()) {
                  names.add(added);
                } else {
                  assertThat(names.use(other)).isNotNull();
                }
              });
          run.join();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new ArrayList",
        "new ArrayDeque",
        "a class that extends ArrayList",
        "List.copyOf",
        "addAll",
        "Collections.sort",
        "Collections.addAll",
        "Collections.max",
        "String.join",
        "drainTo"
      })
  void nobody_may_add_to_a_list_beside(String use) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> explore(use, "", "list"))
        .withMessageStartingWith("two threads are in the same ArrayList at once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"new HashMap", "Map.copyOf", "putAll"})
  void nobody_may_put_a_new_key_beside(String use) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> explore(use, "", "map"))
        .withMessageStartingWith("two threads are in the same HashMap at once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"new ArrayList", "List.copyOf", "addAll", "new HashMap", "putAll"})
  void two_threads_may_copy(String use) {
    assertThat(explore(use, use, "").complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Collections.sort", "Collections.addAll", "drainTo"})
  void two_threads_must_not_change_what_they_are_given(String use) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> explore(use, use, ""))
        .withMessageStartingWith("two threads are in the same ArrayList at once");
  }

  static class Pairs {
    final Map<String, Integer> map = new ConcurrentHashMap<>(Map.of("a", 1, "b", 1));

    void raiseBoth() {
      map.put("a", 2);
      map.put("b", 2);
    }

    List<Integer> use(String how) {
      return switch (how) {
        case "Map.copyOf" -> List.copyOf(new TreeMap<>(Map.copyOf(map)).values());
        case "new TreeMap" -> List.copyOf(new TreeMap<>(map).values());
        case "putAll" -> {
          var own = new TreeMap<String, Integer>();
          own.putAll(map);
          yield List.copyOf(own.values());
        }
        case "new ArrayList" -> new ArrayList<>(map.values());
        case "List.copyOf" -> List.copyOf(map.values());
        case "toArray()" -> Stream.of(map.values().toArray()).map(Integer.class::cast).toList();
        case "toArray(array)" -> List.of(map.values().toArray(new Integer[0]));
        case "toArray(generator)" -> List.of(map.values().toArray(Integer[]::new));
        case "stream" -> map.values().stream().toList();
        default -> throw new IllegalArgumentException(how);
      };
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Map.copyOf",
        "new TreeMap",
        "putAll",
        "new ArrayList",
        "List.copyOf",
        "toArray()",
        "toArray(array)",
        "toArray(generator)",
        "stream"
      })
  void a_concurrent_map_is_copied_one_entry_after_the_other(String use) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Pairs.class)
                .explore(run -> {
                  var pairs = new Pairs();
                  run.thread("writer", pairs::raiseBoth);
                  run.thread(
                      "reader", () -> assertThat(pairs.use(use)).isNotEqualTo(List.of(1, 2)));
                  run.join();
                }));
  }

  /** Its fields are of the JDK's classes, rather than of their interfaces. */
  static class Keys {
    private static final List<String> ALL = List.of("a", "b", "c");
    final ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<String> queue = new ConcurrentLinkedQueue<>(ALL);

    Keys() {
      ALL.forEach(key -> map.put(key, 1));
    }

    void removeAll() {
      map.remove("a");
      map.remove("b");
      map.remove("c");
      queue.remove("a");
      queue.remove("b");
      queue.remove("c");
    }

    List<?> use(String how) {
      return switch (how) {
        case "stream" -> map.keySet().stream().toList();
        case "toArray()" -> List.of(map.keySet().toArray());
        case "toArray(array)" -> List.of(queue.toArray(new String[0]));
        case "stream of a queue" -> queue.stream().toList();
        default -> throw new IllegalArgumentException(how);
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "toArray()", "toArray(array)", "stream of a queue"})
  void so_is_one_that_is_known_by_its_class(String use) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Keys.class)
                .explore(run -> {
                  var keys = new Keys();
                  run.thread("writer", keys::removeAll);
                  run.thread(
                      "reader",
                      () -> assertThat(keys.use(use)).isNotIn(List.of("a"), List.of("a", "b")));
                  run.join();
                }));
  }

  @Test
  void to_make_a_view_reads_nothing() {
    assertThat(explore("a view", "", "list").complete()).isTrue();
  }
}
